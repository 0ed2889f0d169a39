package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.compare.PreviousCampaign;
import org.feuerprobe.compare.Side;
import org.feuerprobe.gate.RecordedCommand;
import org.feuerprobe.harness.ChosenBounds;
import org.feuerprobe.harness.CountedBounds;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.Invocation;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.Validation;
import org.feuerprobe.report.CampaignScreen;
import org.feuerprobe.report.CampaignText;
import org.feuerprobe.report.RefinedBounds;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.Documents;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.sample.Metric;
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
final class ValidateCommand implements Callable<Integer>, Measuring {
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
            description = "Print errors only.")
    boolean quiet;

    @Option(
            names = "--refine",
            paramLabel = "FILE",
            description = "Write the bounds as measured, to be read again by --bounds.")
    @Nullable Path refine;

    @Option(
            names = "--all",
            description = "Print every bound and every reason instead of one screen.")
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

    @Mixin BudgetOption budget = new BudgetOption();

    ValidateCommand(Console console, List<String> commandLine) {
        this.console = console;
        this.commandLine = commandLine;
    }

    @Override
    public RecordedCommand measured() throws LabException {
        return new RecordedCommand(target.choice(), effortOptions.choice());
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        Invocation invocation = Invocation.now(Home.version(), commandLine);
        TargetChoice choice = target.choice();
        EffortChoice effort = effortOptions.choice();
        Path file = boundsFile != null ? boundsFile : Home.path().resolve("bounds/feuerbird.yaml");
        Validation validation =
                Validation.of(
                                ChosenBounds.read(file, CountedBounds.units(choice.unit()), only),
                                choice,
                                effort,
                                budget.budget(effort))
                        .by(invocation);
        Path folder = out != null ? out : CampaignFolder.usual(invocation);
        ConsoleListener listener = new ConsoleListener(console);
        if (against != null) {
            KernelComparison comparison =
                    KernelComparison.measure(validation, against, folder, listener);
            if (!quiet) {
                comparison.print(console, json);
            }
            return comparison.status(strict);
        }
        try (ResultsFolder results = CampaignFolder.begin(folder)) {
            CampaignReport measured =
                    (noEstimates ? validation.withoutEstimates() : validation).run(listener);
            CampaignReport report =
                    measured.with(
                            measured.beside()
                                    .since(
                                            PreviousCampaign.changes(
                                                    folder,
                                                    new Side(
                                                            "",
                                                            StoredManifest.of(measured),
                                                            StoredResults.of(measured)))));
            Path written = CampaignFolder.write(results, folder, report);
            if (refine != null) {
                refine(refine, report);
            }
            if (!quiet) {
                print(report, written);
                listener.rounds().ifPresent(console::note);
            }
            return ExitStatus.of(report.result(), report.verdicts(), strict);
        }
    }

    private void refine(Path file, CampaignReport report) throws LabException {
        Optional<String> yaml = RefinedBounds.yaml(StoredResults.of(report));
        if (yaml.isPresent()) {
            Output.write(console, file, yaml.get());
        } else {
            console.note(
                    "--refine: no operation was explained by a model, so there is nothing to write");
        }
    }

    private void print(CampaignReport report, Path written) throws LabException {
        if (json) {
            console.result(Documents.verdicts(report) + "\n");
        } else {
            console.result(
                    all
                            ? new CampaignText(console.colour(), console.columns())
                                    .everything(report)
                            : new CampaignScreen(console.colour(), console.columns())
                                    .of(StoredResults.of(report)));
        }
        report.result().rejected().forEach(rejected -> console.note("no samples: " + rejected));
        if (Metric.INSTRUCTIONS.is(report.metric())) {
            repeated(report.result().repetition()).ifPresent(console::note);
        }
        console.note("report: " + Places.shown(written.resolve("report.html")));
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
}
