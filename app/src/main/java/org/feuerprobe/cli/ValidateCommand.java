package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.compare.PreviousCampaign;
import org.feuerprobe.gate.RecordedCommand;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.Invocation;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MostGrowth;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.Validation;
import org.feuerprobe.outcome.CampaignFolder;
import org.feuerprobe.outcome.KernelComparison;
import org.feuerprobe.prove.ProvedVerdicts;
import org.feuerprobe.report.RefinedBounds;
import org.feuerprobe.results.KeptCampaign;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.ConsoleListener;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The main command: it measures what the bounds need, decides each bound, and writes the evidence.
 */
@Command(
        name = "validate",
        description = {
            "Boot the kernel, measure, and decide each bound.",
            "Without --target, counts are decided in the emulator, and claims in cycles and ns on this processor, if its clock can be trusted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe validate --quick",
            "  feuerprobe validate --only 'cap_table_*' --json",
            "  feuerprobe validate --target qemu",
            "  feuerprobe validate --variant CAP_ALLOC=scan --out scan-results",
            "  feuerprobe validate --refine measured.yaml",
            "  feuerprobe validate --against HEAD~1",
            "  feuerprobe validate | grep VIOLATED",
            "",
            "Exit status: 0 no bound violated, 1 a bound violated, 2 wrong use,",
            "3 target failed, 4 with --strict: a bound was not decided."
        })
final class ValidateCommand implements Callable<Integer>, Measuring {
    private final Console console;
    private final List<String> commandLine;

    @Mixin BoundsOptions bounds = new BoundsOptions();

    @Option(
            names = "--refine",
            paramLabel = "FILE",
            description = "Write a bounds file from what was measured; --bounds reads it.")
    @Under(Section.OUTPUT)
    @Nullable Path refine;

    @Option(
            names = "--all",
            description = "Print every bound and every reason instead of one screen.")
    @Under(Section.OUTPUT)
    boolean all;

    @Option(
            names = "--against",
            paramLabel = "KERNEL",
            description =
                    "Boot this image, or the exokernel of this commit, alternately with the kernel, and show what changed.")
    @Under(Section.TARGET)
    @Nullable String against;

    @Option(
            names = "--most-growth",
            paramLabel = "PERCENT",
            description =
                    "Leave a growth bound undecided if the noise can hide faster growth of more than this share of the cost (default: it holds, and the reason gives the share).")
    @Under(Section.BOUNDS)
    @Nullable Double mostGrowth;

    @Option(
            names = "--strict",
            description =
                    "Exit with 4 if a bound is INCONCLUSIVE, NOT_MEASURABLE or NOT_EXERCISED.")
    @Under(Section.BOUNDS)
    boolean strict;

    @Option(
            names = "--no-estimates",
            description = "Leave out the boot that estimates cycles where they cannot be measured.")
    @Under(Section.MEASUREMENT)
    boolean noEstimates;

    @Mixin TargetOptions target = new TargetOptions();

    @Mixin EffortOptions effortOptions = new EffortOptions();

    @Mixin OutputOptions output = new OutputOptions();

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
        if (target.dryRun) {
            console.result(target.bootCommands());
            return ExitStatus.OK;
        }
        Invocation invocation = Invocation.now(Installation.version(), commandLine);
        TargetChoice choice = target.choice();
        EffortChoice effort = effortOptions.choice();
        Validation validation =
                Validation.of(
                                bounds.read(choice).allowing(MostGrowth.share(mostGrowth)),
                                choice,
                                effort,
                                budget.budget(effort))
                        .proving(new ProvedVerdicts())
                        .by(invocation);
        Path folder =
                output.folder != null
                        ? output.folder
                        : CampaignFolder.usual(Installation.results(), invocation);
        ConsoleListener listener = new ConsoleListener(console, output.quiet);
        if (against != null) {
            KernelComparison comparison =
                    KernelComparison.measure(validation, choice, against, folder, listener);
            if (!output.quiet) {
                console.result(comparison.text(output.json));
                console.note("report: " + Places.shown(comparison.folder().resolve("report.html")));
            }
            return ExitStatus.of(comparison, strict);
        }
        validation = noEstimates ? validation.withoutEstimates() : validation;
        try (ResultsFolder results = CampaignFolder.begin(folder)) {
            KeptCampaign measured =
                    KeptCampaign.of(
                            (target.named ? validation : validation.withCore()).run(listener));
            KeptCampaign campaign =
                    measured.since(
                            PreviousCampaign.changes(
                                    folder,
                                    new LabelledCampaign(
                                            "", measured.manifest(), measured.stored())));
            Path written = CampaignFolder.write(results, folder, campaign);
            if (refine != null) {
                refine(refine, campaign.stored());
            }
            if (!output.quiet) {
                print(campaign);
                console.note("report: " + Places.shown(written.resolve("report.html")));
                listener.rounds().ifPresent(console::note);
            }
            return ExitStatus.of(campaign.report().result(), campaign.report().verdicts(), strict);
        }
    }

    private void refine(Path file, StoredCampaign campaign) throws LabException {
        Optional<String> yaml = RefinedBounds.yaml(campaign);
        if (yaml.isPresent()) {
            Output.write(console, file, yaml.get());
        } else {
            console.note(
                    "--refine: no operation was explained by a model, so there is nothing to write");
        }
    }

    private void print(KeptCampaign campaign) {
        CampaignOutput terminal = new CampaignOutput(console);
        if (output.json) {
            console.result(campaign.verdicts() + "\n");
            terminal.notes(campaign.stored());
        } else {
            terminal.print(campaign.stored(), all);
        }
    }
}
