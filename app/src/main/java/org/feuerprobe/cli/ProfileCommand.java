package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.feuerprobe.flame.Annotation;
import org.feuerprobe.flame.Callgrind;
import org.feuerprobe.flame.DifferenceDocument;
import org.feuerprobe.flame.DifferenceTable;
import org.feuerprobe.flame.FlameGraph;
import org.feuerprobe.flame.FoldedStacks;
import org.feuerprobe.flame.Pprof;
import org.feuerprobe.flame.ProfileDocument;
import org.feuerprobe.flame.ProfileFormat;
import org.feuerprobe.flame.ProfileTable;
import org.feuerprobe.flame.Speedscope;
import org.feuerprobe.harness.AgainstKernel;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TargetOpener;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.RegionProfile;
import org.feuerprobe.profile.Profile;
import org.feuerprobe.profile.ProfileDifference;
import org.feuerprobe.profile.Profiler;
import org.feuerprobe.profile.SourceText;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where an operation's instructions go. */
@Command(
        name = "profile",
        description = "Show where the instructions of an operation go: exact, by call stack.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe profile exo_call",
            "  feuerprobe profile LatticeLubSet --at S=8 --at K_max=64",
            "  feuerprobe profile zalloc --json",
            "  feuerprobe profile exo_call --annotate exo_call",
            "  feuerprobe profile exo_call --against HEAD~1",
            "  feuerprobe profile exo_call --format html --output exo_call.html",
            "",
            "Exit status: 0 done, 2 wrong use, 3 the boot failed or the profile is wrong."
        })
final class ProfileCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "OPERATION",
            description = "An operation or a benchmark, as bench --list shows them.")
    String name = "";

    @Mixin PointOption point = new PointOption();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "16",
            description =
                    "Operations that the profile is the mean of, a power of two (default: ${DEFAULT-VALUE}).")
    @Under(Section.MEASUREMENT)
    int samples = Profiler.SAMPLES;

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            defaultValue = "instructions",
            description =
                    "What to show: instructions, loads, stores, l1i_misses, l1d_misses, l2_misses or tlb_misses (default: ${DEFAULT-VALUE}).")
    @Under(Section.MEASUREMENT)
    String metric = "instructions";

    @Option(
            names = "--gross",
            description = "Keep the measuring loop, which is otherwise subtracted with the twin.")
    @Under(Section.MEASUREMENT)
    boolean gross;

    @Option(
            names = "--symbols",
            paramLabel = "FILE",
            description =
                    "Take names also from this ELF file, such as a program of ring 3. May be repeated.")
    @Under(Section.INPUT)
    List<Path> symbols = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "COMMIT|IMAGE",
            description =
                    "Profile that kernel too, and show how much each function and line gained or lost.")
    @Under(Section.INPUT)
    @Nullable String against;

    @Option(
            names = "--annotate",
            paramLabel = "FUNCTION",
            description = "Show its source and machine code with the cost of each line.")
    @Under(Section.OUTPUT)
    @Nullable String annotate;

    @Option(names = "--all", description = "Show all functions, not only the most expensive.")
    @Under(Section.OUTPUT)
    boolean all;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    @Under(Section.OUTPUT)
    boolean json;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "",
            description =
                    "Write the profile for another program: folded, speedscope, pprof or callgrind; or as html, a flame graph for a browser.")
    @Under(Section.OUTPUT)
    String format = "";

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "With --format: the file to write (default: standard output).")
    @Under(Section.OUTPUT)
    @Nullable Path output;

    @Mixin TargetOptions target = new TargetOptions();

    ProfileCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        Counter counter = counter();
        ProfileFormat written = written();
        if (samples < 1 || Integer.bitCount(samples) != 1) {
            throw LabException.wrongUse(
                    "--samples %d: want a power of two, so that a mean is exact"
                            .formatted(samples));
        }
        if ((against != null || annotate != null) && written != null) {
            throw LabException.wrongUse("--format: leave out --against and --annotate");
        }
        if (against != null) {
            return compare(against);
        }
        Profiler profiler = open();
        Profile profile = measure(profiler, entry(profiler));
        if (annotate != null) {
            console.result(
                    Annotation.of(
                            profile,
                            counter,
                            annotate,
                            SourceText.of(profile.image().file()),
                            profiler.symbols()));
            return ExitStatus.OK;
        }
        if (written != null) {
            write(written, profile, counter);
            return ExitStatus.OK;
        }
        console.result(
                json
                        ? ProfileDocument.of(profile, counter) + "\n"
                        : ProfileTable.of(profile, counter, all));
        return ExitStatus.OK;
    }

    private void write(ProfileFormat written, Profile profile, Counter counter)
            throws LabException {
        switch (written) {
            case FOLDED -> write(FoldedStacks.of(profile, counter));
            case SPEEDSCOPE -> write(Speedscope.of(profile, counter));
            case CALLGRIND -> write(Callgrind.of(profile, counter));
            case HTML -> write(FlameGraph.html(profile, counter));
            case PPROF -> Output.write(console, "--output", output, Pprof.of(profile, counter));
        }
    }

    private void write(String text) throws LabException {
        Output.write(console, "--output", output, text);
    }

    /** The present kernel and another one, which is built if it is a commit. */
    private int compare(String named) throws LabException, InterruptedException {
        if (annotate != null || !metric.equals(Counter.INSTRUCTIONS.metric())) {
            throw LabException.wrongUse(
                    "--against compares instructions: leave out --annotate and --metric");
        }
        try (AgainstKernel base = AgainstKernel.open(named, target.choice())) {
            Profiler now = open();
            Profiler before = Profiler.open(opener(), base.opened().image(), List.of());
            PlanEntry entry = entry(now);
            ProfileDifference difference =
                    ProfileDifference.of(
                            measure(before, entry),
                            SourceText.of(before.image().file()),
                            measure(now, entry),
                            SourceText.of(now.image().file()));
            console.result(
                    json
                            ? DifferenceDocument.of(difference, base.label()) + "\n"
                            : DifferenceTable.of(difference, base.label(), all));
            return ExitStatus.OK;
        }
    }

    private TargetOpener opener() throws LabException {
        return new TargetOpener(target.choice());
    }

    private Profiler open() throws LabException, InterruptedException {
        try {
            return Profiler.open(opener(), opener().kernel(), symbols);
        } catch (IOException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private PlanEntry entry(Profiler profiler) throws LabException, InterruptedException {
        Map<String, Long> chosen = point.values();
        List<Benchmark> found = Profiler.find(profiler.catalogue(), name);
        if (found.size() > 1) {
            console.note(
                    "%s is measured by several benchmarks, this is the first of: %s"
                            .formatted(
                                    name,
                                    found.stream()
                                            .map(Benchmark::name)
                                            .collect(Collectors.joining(", "))));
        }
        return Profiler.at(found.getFirst(), chosen, samples);
    }

    private Profile measure(Profiler profiler, PlanEntry entry)
            throws LabException, InterruptedException {
        return profiler.measure(List.of(entry), !gross).getFirst();
    }

    private Counter counter() throws LabException {
        return RegionProfile.WEIGHTS.stream()
                .filter(weight -> weight.metric().equals(metric))
                .findFirst()
                .orElseThrow(() ->
                        LabException.wrongUse(
                                "--metric %s: a profile has %s"
                                        .formatted(
                                                metric,
                                                RegionProfile.WEIGHTS.stream()
                                                        .map(Counter::metric)
                                                        .collect(Collectors.joining(", ")))));
    }

    private @Nullable ProfileFormat written() throws LabException {
        if (format.isEmpty()) {
            if (output != null) {
                throw LabException.wrongUse(
                        "--output: name what to write, with --format " + ProfileFormat.words());
            }
            return null;
        }
        return ProfileFormat.of(format)
                .orElseThrow(() ->
                        LabException.wrongUse(
                                "--format %s: want one of %s"
                                        .formatted(format, ProfileFormat.words())));
    }
}
