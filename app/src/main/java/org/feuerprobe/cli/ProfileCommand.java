package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.feuerprobe.flame.ProfileFormat;
import org.feuerprobe.flame.ProfileRequest;
import org.feuerprobe.harness.AgainstKernel;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TargetOpener;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.PlanEntry;
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
            "  feuerprobe profile exo_call --format html --out exo_call.html",
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
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "With --format: the file to write (default: standard output).")
    @Under(Section.OUTPUT)
    @Nullable Path out;

    /** The name that {@code --out} had in 0.2.0. */
    @Option(names = "--output", hidden = true)
    void output(Path file) {
        out = file;
    }

    @Mixin TargetOptions target = new TargetOptions();

    ProfileCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        ProfileRequest.requireSamples(samples);
        ProfileRequest request =
                ProfileRequest.of(
                        metric,
                        Optional.ofNullable(annotate),
                        format,
                        against != null,
                        out != null,
                        all,
                        json);
        if (against != null) {
            compare(request, against);
            return ExitStatus.OK;
        }
        Profiler profiler = open();
        Profile profile = measure(profiler, entry(profiler));
        if (request.format().isEmpty()) {
            SourceText sources = SourceText.of(profile.image().file());
            console.result(request.show(profile, sources, profiler.symbols()));
            return ExitStatus.OK;
        }
        ProfileFormat written = request.format().get();
        byte[] file = written.write(profile, request.counter());
        if (written.isText()) {
            Output.write(console, out, new String(file, StandardCharsets.UTF_8));
        } else {
            Output.write(console, "--out", out, file);
        }
        return ExitStatus.OK;
    }

    /** The present kernel and another one, which is built if it is a commit. */
    private void compare(ProfileRequest request, String named)
            throws LabException, InterruptedException {
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
            console.result(request.show(difference, base.label()));
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
        ProfileRequest.severalMeasure(name, found).ifPresent(console::note);
        return Profiler.at(found.getFirst(), chosen, samples);
    }

    private Profile measure(Profiler profiler, PlanEntry entry)
            throws LabException, InterruptedException {
        return profiler.measure(List.of(entry), !gross).getFirst();
    }
}
