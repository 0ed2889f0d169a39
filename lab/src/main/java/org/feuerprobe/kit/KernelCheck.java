package org.feuerprobe.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.guest.QemuLimits;
import org.feuerprobe.guest.SerialSources;
import org.feuerprobe.guest.SerialTarget;
import org.feuerprobe.harness.ChosenBounds;
import org.feuerprobe.harness.CountedBounds;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.sample.Numbers;

/**
 * Check of a kit's kernel, in which each row of its table is booted once, alone. A row that resets
 * the machine or hangs is reported, and does not affect others.
 *
 * @param folder folder of the kit
 * @param machine the requested machine; empty for the machine of the image
 */
public record KernelCheck(
        Path folder, Optional<Machine> machine, Places places, QemuLimits limits) {
    private static final Pattern PLACE = Pattern.compile("\\bpc 0x([0-9a-f]+)");

    /** Largest number of rows. A kernel with more probably ignores which row it should run. */
    private static final int MOST_ROWS = 1000;

    /**
     * Result of a row.
     *
     * @param name name of its benchmark
     * @param points number of points with values
     * @param trouble what went wrong, one line each; empty if nothing did
     */
    public record Row(String name, String operation, int points, List<String> trouble) {
        public Row {
            trouble = List.copyOf(trouble);
        }

        /** Whether every point has values. */
        public boolean works() {
            return trouble.isEmpty() && points > 0;
        }
    }

    /**
     * Result of all rows.
     *
     * @param unexercised claims of {@code bounds.yaml} that no row decides, with the reason
     */
    public record Checked(List<Row> rows, List<String> unexercised) {
        public Checked {
            rows = List.copyOf(rows);
            unexercised = List.copyOf(unexercised);
        }

        /** Whether every row has values at every point. */
        public boolean works() {
            return rows.stream().allMatch(Row::works);
        }
    }

    /** Builds and boots the kernel once for each row. */
    public Checked run() throws LabException, InterruptedException {
        if (!Files.isRegularFile(folder.resolve("kit.c"))) {
            throw LabException.wrongUse(
                    "%s has no kit.c: name a folder that feuerprobe new has written"
                            .formatted(folder));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < MOST_ROWS; i++) {
            Optional<Row> row = row(i);
            if (row.isEmpty()) {
                return new Checked(rows, unexercised(rows));
            }
            rows.add(row.get());
        }
        throw LabException.wrongUse(
                "%s runs more than %d rows: kit.c has to obey KIT_ROW"
                        .formatted(folder, MOST_ROWS));
    }

    /** Runs one row; empty if the table has no such row. */
    private Optional<Row> row(int number) throws LabException, InterruptedException {
        String file = "build/row-%d.elf".formatted(number);
        Tool.output(
                "building " + Places.shown(folder.resolve(file)),
                List.of("make", "--no-print-directory", "-s", "-C", folder.toString(), file));
        SerialTarget target = target(folder.resolve(file));
        return switch (target.everything()) {
            case BootOutcome.Completed completed -> completed(completed.run(), target.own());
            case BootOutcome.Failed failed ->
                    Optional.of(
                            failed(
                                    number,
                                    target.own(),
                                    "%s: %s%s (%s)"
                                            .formatted(
                                                    failed.failure(),
                                                    failed.detail(),
                                                    place(folder.resolve(file), failed.detail()),
                                                    failed.failure().meaning())));
        };
    }

    private SerialTarget target(Path file) throws LabException {
        try {
            KernelImage image = KernelImage.readForeign(file);
            Machine booted =
                    machine.or(() -> kind(image))
                            .orElseThrow(() ->
                                    LabException.wrongUse(
                                            file + " is for no machine of QEMU that is known"));
            return new SerialTarget(
                    "image",
                    "instructions",
                    SerialSources.emulated(
                            booted, places.emulator(), image, List.of(), Optional.empty()),
                    limits);
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Machine> kind(KernelImage image) {
        try {
            return Machine.of(image.kind());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Row> completed(ProbeRun run, Plan own) {
        if (run.benchmarks().isEmpty()) {
            return Optional.empty();
        }
        Benchmark benchmark = run.benchmarks().getFirst();
        List<String> trouble = new ArrayList<>();
        int points = 0;
        for (int i = 0; i < run.entries().size(); i++) {
            ProbeRun.Entry entry = run.entries().get(i);
            PlanEntry planned = own.entries().get(i);
            if (entry.verified()) {
                points++;
            } else {
                String text = entry.result().message();
                trouble.add(
                        "%s: %s"
                                .formatted(
                                        Numbers.point(planned.parameters()),
                                        text.isEmpty() ? entry.result().status().name() : text));
            }
        }
        return Optional.of(
                new Row(
                        benchmark.name(),
                        benchmark.operation(),
                        points,
                        trouble.stream().limit(1).toList()));
    }

    private static Row failed(int number, Plan own, String trouble) {
        Optional<Benchmark> benchmark =
                own.entries().stream().map(PlanEntry::benchmark).findFirst();
        return new Row(
                benchmark.map(Benchmark::name).orElse("row " + number),
                benchmark.map(Benchmark::operation).orElse(""),
                0,
                List.of(trouble));
    }

    /** The function in which a fault happened, as a suffix of a message; empty if it is unknown. */
    private String place(Path image, String detail) throws LabException, InterruptedException {
        Matcher at = PLACE.matcher(detail);
        if (!at.find()) {
            return "";
        }
        long address = Long.parseUnsignedLong(at.group(1), 16);
        String name = "";
        for (String line :
                Tool.output("reading " + image, List.of("nm", "-n", image.toString()))
                        .lines()
                        .toList()) {
            String[] words = line.strip().split(" ", -1);
            if (words.length == 3
                    && words[1].toLowerCase(Locale.ROOT).equals("t")
                    && Long.compareUnsigned(Long.parseUnsignedLong(words[0], 16), address) <= 0) {
                name = words[2];
            }
        }
        return name.isEmpty() ? "" : ", in " + name;
    }

    private List<String> unexercised(List<Row> rows) throws LabException {
        Path file = folder.resolve("bounds.yaml");
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        List<String> claims = new ArrayList<>();
        for (Bound bound :
                ChosenBounds.read(file, CountedBounds.units(TargetChoice.UNIT), List.of())
                        .bounds()) {
            List<Row> its =
                    rows.stream().filter(row -> row.operation().equals(bound.operation())).toList();
            if (its.stream().noneMatch(row -> row.points() > 0)) {
                claims.add(
                        "%s: %s"
                                .formatted(
                                        bound.id(),
                                        its.isEmpty()
                                                ? "the table has no row of " + bound.operation()
                                                : its.getFirst().name() + " gives no values"));
            }
        }
        return claims;
    }
}
