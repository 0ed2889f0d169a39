package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.campaign.AdaptiveCampaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.compare.PreviousCampaign;
import org.feuerprobe.compare.Side;
import org.feuerprobe.estimate.Estimates;
import org.feuerprobe.estimate.HostCosts;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.probe.HarmlessText;
import org.feuerprobe.report.CampaignText;
import org.feuerprobe.report.RefinedBounds;
import org.feuerprobe.results.Beside;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.Documents;
import org.feuerprobe.results.Published;
import org.feuerprobe.results.Regimes;
import org.feuerprobe.results.Setting;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.testbed.Anchors;
import org.feuerprobe.testbed.Testbed;
import org.feuerprobe.testbed.TestbedState;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: measure what the bounds speak of, decide each bound, write the evidence. */
@Command(
        name = "validate",
        description = "Boot the kernel, measure, and decide each bound.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe validate --quick",
            "  feuerprobe validate --only 'cap_table_*' --json",
            "  feuerprobe validate --variant CAP_ALLOC=scan --out scan-results",
            "  feuerprobe validate --refine measured.yaml",
            "  feuerprobe validate --against HEAD~1",
            "  feuerprobe validate | grep VIOLATED",
            "",
            "Exit status: 0 no bound violated, 1 a bound violated, 2 wrong use,",
            "3 target failed, 4 something undecided (with --strict)."
        })
final class ValidateCommand implements Callable<Integer> {
    private static final DateTimeFormatter FOLDER_NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
    private static final Set<VerdictKind> DECIDED =
            Set.of(VerdictKind.HOLDS, VerdictKind.LOOSE, VerdictKind.VIOLATED);

    private final Console console;
    private final List<String> commandLine;

    @Option(
            names = "--bounds",
            paramLabel = "FILE",
            description = "Bounds to decide (default: bounds/feuerbird.yaml).")
    @Nullable Path boundsFile;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            arity = "1..*",
            description = "Only bounds whose identifier or operation matches.")
    List<String> only = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Results folder, new or empty (default: under results/).")
    @Nullable Path out;

    @Option(names = "--json", description = "Print verdicts.json instead of the table.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors; the exit status tells.")
    boolean quiet;

    @Option(
            names = "--refine",
            paramLabel = "FILE",
            description = "Write the bounds as measured, to be read again by --bounds.")
    @Nullable Path refine;

    @Option(
            names = "--all",
            description =
                    "Print every bound on a terminal, also those that cannot be measured; always done in a pipe.")
    boolean all;

    @Option(
            names = "--against",
            paramLabel = "KERNEL",
            description =
                    "Boot this image, or the exokernel of this commit, by turns with the kernel, and show what changed.")
    @Nullable String against;

    @Option(names = "--strict", description = "Exit with 4 when a bound is not decided.")
    boolean strict;

    @Option(
            names = "--no-estimates",
            description = "Leave out the boot that estimates cycles where they cannot be measured.")
    boolean noEstimates;

    @Mixin TargetOptions target = new TargetOptions();

    @Mixin EffortOptions effortOptions = new EffortOptions();

    @Mixin AdaptiveOptions adaptive = new AdaptiveOptions();

    ValidateCommand(Console console, List<String> commandLine) {
        this.console = console;
        this.commandLine = commandLine;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Instant began = Instant.now();
        long begun = System.nanoTime();
        Path boundsPath =
                boundsFile != null ? boundsFile : Home.path().resolve("bounds/feuerbird.yaml");
        BoundsFile bounds = BoundsChoice.read(boundsPath, CountedBounds.units(target));
        List<Bound> chosen = BoundsChoice.choose(bounds.bounds(), only);
        Effort effort = effortOptions.effort();
        Path folder = out != null ? out : Home.results().resolve(FOLDER_NAME.format(began));
        Testbed testbed = Testbed.read(TargetOptions.emulator());
        Reporter reporter =
                (opened, result, verdicts, rounds) ->
                        new CampaignReport(
                                Home.version(),
                                commandLine,
                                began,
                                Duration.ofNanos(System.nanoTime() - begun),
                                Home.shown(boundsPath),
                                bounds.subject(),
                                opened.target().name(),
                                opened.target().metric(),
                                opened.image(),
                                testbed,
                                options(effort, rounds, CountedBounds.of(chosen, opened, target)),
                                result,
                                verdicts);
        try (ResultsFolder results = CampaignFolder.begin(folder)) {
            OpenTarget opened = target.open();
            opened.requirePlan("--samples", effortOptions.samples != null);
            if (!opened.choice().isEmpty()) {
                console.note(opened.choice());
            }
            TestbedState.Begun before = opened.testbed(target.core());
            if (against != null) {
                InterleavedRun run;
                try (AgainstKernel other = AgainstKernel.open(against, target)) {
                    run =
                            InterleavedRun.of(
                                    console,
                                    reporter,
                                    other,
                                    opened,
                                    chosen,
                                    target,
                                    effortOptions);
                }
                return compare(
                        results,
                        folder,
                        run.in(new Setting(Optional.of(before.end(opened.speed())), Map.of(), "")));
            }
            CountedBounds counted = CountedBounds.of(chosen, opened, target);
            AdaptiveCampaign.Outcome outcome =
                    adaptive.measure(console, opened, chosen, counted, effortOptions);
            TestbedState state = before.end(opened.speed());
            CampaignResult result = outcome.result();
            List<BoundVerdict> verdicts = outcome.verdicts();
            CampaignReport report = reporter.report(opened, result, verdicts, outcome.rounds());
            report =
                    report.with(beside(folder, report, counted.geometry()))
                            .in(setting(state, opened, result, verdicts));
            Path written = CampaignFolder.write(results, folder, report, Optional.empty());
            if (refine != null) {
                refine(refine, report);
            }
            if (!quiet) {
                print(report, written);
                String rounds = AdaptiveOptions.rounds(outcome);
                if (!rounds.isEmpty()) {
                    console.note(rounds);
                }
            }
            return status(result, verdicts);
        }
    }

    /** Puts what was measured of a kernel together with what is known of the command. */
    @FunctionalInterface
    interface Reporter {
        CampaignReport report(
                OpenTarget opened, CampaignResult result, List<BoundVerdict> verdicts, int rounds)
                throws CommandException;
    }

    /** What changed from the other kernel to this one. */
    private int compare(ResultsFolder results, Path folder, InterleavedRun run)
            throws CommandException {
        Path written = CampaignFolder.write(results, folder, run.now(), Optional.of(run));
        if (!quiet) {
            CompareCommand.print(console, run.comparison(), false, json);
            console.note("report: " + Home.shown(written.resolve("report.html")));
        }
        return run.comparison().regression()
                ? ExitStatus.VIOLATED
                : status(run.now().result(), run.now().verdicts());
    }

    /** The failure as one line, and the end of the serial line where it says more. */
    static CommandException failed(CampaignException e) {
        return new CommandException(ExitStatus.TARGET, e.getMessage() + tail(e.failure()));
    }

    /** The end of what the kernel said on its serial line. */
    static String tail(BootOutcome.Failed failure) {
        List<String> lines = failure.log().strip().lines().toList();
        return lines.subList(Math.max(0, lines.size() - 8), lines.size()).stream()
                .map(line -> "\n  serial: " + HarmlessText.of(line, 200))
                .collect(Collectors.joining());
    }

    private Map<String, String> options(Effort effort, int rounds, CountedBounds counted)
            throws CommandException {
        Map<String, String> options = new TreeMap<>();
        options.put("effort", effortOptions.quick ? "quick" : "full");
        options.put("samples", Integer.toString(effort.samples()));
        options.put("variant", String.join(",", target.variant));
        options.put("rounds", Integer.toString(rounds));
        options.put("only", String.join(",", only));
        if (counted.modelled()) {
            options.put(CampaignReport.CACHES, counted.geometry().describe());
        }
        return options;
    }

    private void refine(Path file, CampaignReport report) throws CommandException {
        Optional<String> yaml = RefinedBounds.yaml(StoredResults.of(report));
        if (yaml.isPresent()) {
            ReportCommand.write(console, file, yaml.get());
        } else {
            console.note(
                    "--refine: no operation was explained by a model, so there is nothing to write");
        }
    }

    /** The machine, and estimates of the cycles that it cannot measure. */
    private Setting setting(
            TestbedState state,
            OpenTarget opened,
            CampaignResult result,
            List<BoundVerdict> verdicts)
            throws CommandException, InterruptedException {
        Setting plain = new Setting(Optional.of(state), Map.of(), "");
        Set<String> wanted =
                verdicts.stream()
                        .filter(verdict -> verdict.kind() == VerdictKind.NOT_MEASURABLE)
                        .filter(verdict -> verdict.metric().equals("cycles"))
                        .map(verdict -> verdict.bound().operation())
                        .collect(Collectors.toSet());
        boolean counted =
                target.target.equals("qemu") && opened.target().metric().equals("instructions");
        if (noEstimates || wanted.isEmpty() || !counted) {
            return plain;
        }
        try {
            NativeTarget core = target.core(List.of());
            HostCosts costs = HostCosts.measure(Home.path().resolve("cpus"), core);
            Estimates estimates =
                    Estimates.of(
                            target.counting(opened.image()),
                            costs.processor(),
                            result.plan(),
                            wanted);
            boolean ours = target.variant.isEmpty() && target.kernel == null;
            String error = "";
            if (!estimates.isEmpty() && ours) {
                error = estimates.error(core, core) + costs.behind();
            }
            return new Setting(Optional.of(state), estimates.byOperation(), error);
        } catch (IOException e) {
            console.note("no estimates of cycles: " + e.getMessage());
            return plain;
        }
    }

    /** What changed since the previous campaign, what others have published, where misses begin. */
    private static Beside beside(Path folder, CampaignReport report, CacheGeometry caches)
            throws CommandException {
        return new Beside(
                PreviousCampaign.changes(
                        folder, new Side("", StoredManifest.of(report), StoredResults.of(report))),
                published(
                        report.verdicts().stream()
                                .filter(v -> v.kind() != VerdictKind.NOT_EXERCISED)
                                .map(v -> v.bound().operation())),
                Regimes.of(report.result(), caches.bytes()));
    }

    /** Beside figures without verdicts: what others have published, where misses begin. */
    static Beside beside(CampaignResult result, Map<String, Long> caches) throws CommandException {
        return new Beside(
                Optional.empty(),
                published(result.measurements().stream().map(Measurement::operation)),
                Regimes.of(result, caches));
    }

    /** What others have published of these operations. */
    static List<Published> published(Stream<String> operations) throws CommandException {
        try {
            return Published.of(
                    Anchors.read(Home.path().resolve("anchors")), operations.distinct().toList());
        } catch (IOException e) {
            throw new CommandException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private void print(CampaignReport report, Path written) throws CommandException {
        if (json) {
            console.result(Documents.verdicts(report) + "\n");
        } else {
            CampaignText text = new CampaignText(console.colour(), console.columns());
            console.result(
                    all || !console.outIsTerminal()
                            ? text.everything(report)
                            : text.summary(report));
        }
        report.result().rejected().forEach(rejected -> console.note("no samples: " + rejected));
        if (report.metric().equals("instructions")) {
            repeated(report.result().repetition()).ifPresent(console::note);
        }
        console.note("report: " + Home.shown(written.resolve("report.html")));
    }

    /** Whether counts repeat; empty where nothing was measured that could. */
    private static Optional<String> repeated(CampaignResult.Repetition repetition) {
        if (!repetition.compared()) {
            return repetition.recorded()
                    ? Optional.of(
                            "a recording cannot be booted again, so nothing is said of repetition")
                    : Optional.empty();
        }
        String boots =
                repetition.recorded()
                        ? "the first two boots of the recording"
                        : "two boots with seed " + repetition.seed();
        return Optional.of(
                boots
                        + (repetition.identical()
                                ? " gave identical counts (%,d values)"
                                        .formatted(repetition.values())
                                : " differ, so counts are not exact here: "
                                        + repetition.difference()));
    }

    private int status(CampaignResult result, List<BoundVerdict> verdicts) {
        if (verdicts.stream().anyMatch(verdict -> verdict.kind() == VerdictKind.VIOLATED)) {
            return ExitStatus.VIOLATED;
        }
        if (!result.rejected().isEmpty()) {
            return ExitStatus.TARGET;
        }
        boolean undecided =
                verdicts.stream().anyMatch(verdict -> !DECIDED.contains(verdict.kind()));
        return strict && undecided ? ExitStatus.UNDECIDED : ExitStatus.OK;
    }
}
