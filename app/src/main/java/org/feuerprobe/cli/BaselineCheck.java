package org.feuerprobe.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.feuerprobe.gate.Baseline;
import org.feuerprobe.gate.BaselineGate;
import org.feuerprobe.gate.GateResult;
import org.feuerprobe.gate.PointCounts;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.results.StoredSeries;

/**
 * Counts of a campaign held against a baseline file.
 *
 * @param whole whether the campaign is all that the kernel can be asked
 */
record BaselineCheck(
        Path file, SequencedMap<String, String> identity, List<PointCounts> points, boolean whole) {
    private static final String METRIC = "instructions";

    /** The counts of a results folder. */
    static BaselineCheck of(Path file, StoredManifest manifest, StoredCampaign campaign)
            throws CommandException {
        if (!manifest.exact()) {
            throw new CommandException(
                    ExitStatus.USAGE,
                    "counts of target %s do not repeat exactly: a baseline is for those that do; ask --history"
                            .formatted(manifest.target()));
        }
        SequencedMap<String, String> identity = new LinkedHashMap<>();
        identity.put("target", manifest.target());
        identity.putAll(manifest.build());
        identity.put("emulator", manifest.testbed().getOrDefault("emulator", ""));
        List<PointCounts> points = new ArrayList<>();
        campaign.series().stream()
                .filter(series -> series.metric().equals(METRIC))
                .sorted(Comparator.comparing(StoredSeries::benchmark))
                .flatMap(series -> series.points().stream())
                .map(PointCounts::of)
                .forEach(points::add);
        if (points.isEmpty()) {
            throw new CommandException(
                    ExitStatus.USAGE, "the campaign has no instruction counts to gate");
        }
        return new BaselineCheck(file, identity, points, false);
    }

    /** Boots the exokernel and counts everything once more. */
    static BaselineCheck measure(Path file) throws CommandException {
        Path folder;
        try {
            folder = Files.createTempDirectory("feuerprobe-gate-");
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.TARGET, "no folder for temporary files: " + e.getMessage());
        }
        try {
            Path results = folder.resolve("results");
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            int status;
            try (PrintStream out = new PrintStream(OutputStream.nullOutputStream());
                    PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
                Console quiet = new Console(out, err, false, false, false);
                status = Main.run(quiet, "bench", "--quick", "--out", results.toString());
            }
            if (status != ExitStatus.OK) {
                throw new CommandException(
                        status,
                        "the counts cannot be measured: "
                                + said.toString(StandardCharsets.UTF_8)
                                        .strip()
                                        .replaceFirst("^feuerprobe: ", ""));
            }
            BaselineCheck check =
                    of(file, StoredManifest.read(results), StoredResults.read(results));
            return new BaselineCheck(file, check.identity, check.points, true);
        } catch (StoredResults.UnreadableResultsException e) {
            throw new CommandException(ExitStatus.TARGET, String.valueOf(e.getMessage()));
        } finally {
            delete(folder);
        }
    }

    GateResult judge() throws CommandException {
        return BaselineGate.judge(BaselineFile.read(file), identity, points, whole);
    }

    /** Takes the counts as they are into the file; says what changed in it. */
    String accept(Console console, String why) throws CommandException {
        Baseline old =
                Files.exists(file)
                        ? BaselineFile.read(file)
                        : new Baseline(new LinkedHashMap<>(), List.of(), List.of());
        List<PointCounts> kept = new ArrayList<>(points);
        if (!whole && old.differences(identity).isEmpty()) {
            kept.addAll(old.missing(points));
            kept.sort(Comparator.comparing(PointCounts::benchmark));
        }
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Baseline fresh = old.accept(identity, kept, date, why);
        BaselineFile.write(console, file, fresh);
        return fresh.accepted().getLast().summary();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A temporary folder that stays is the system's to clear away.
            return;
        }
    }
}
