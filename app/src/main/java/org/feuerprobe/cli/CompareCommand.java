package org.feuerprobe.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.feuerprobe.archive.Archive;
import org.feuerprobe.archive.ArchiveException;
import org.feuerprobe.compare.ChangeDocument;
import org.feuerprobe.compare.ChangeTable;
import org.feuerprobe.compare.Comparer;
import org.feuerprobe.compare.Comparison;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.harness.ChosenBounds;
import org.feuerprobe.harness.CountedBounds;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.Invocation;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TargetKind;
import org.feuerprobe.harness.Validation;
import org.feuerprobe.outcome.CampaignFolder;
import org.feuerprobe.outcome.KernelComparison;
import org.feuerprobe.prove.ProvedVerdicts;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.ConsoleListener;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what changed from one campaign to another. */
@Command(
        name = "compare",
        description = "Show what changed between two campaigns, or two kernels.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe compare results/before results/after",
            "  feuerprobe compare 20260102-030405-678 20260103-030405-678 --json",
            "  feuerprobe compare before.elf after.elf",
            "",
            "Exit status: 0 no regression, 1 a cost rose or a bound broke, 2 not comparable."
        })
final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "BASE",
            description = "Before: a results folder, a campaign of the archive, or a kernel image.")
    String base = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "After: the same.")
    String now = "";

    @Option(
            names = "--across-testbeds",
            description = "Compare although machine, emulator or target differ.")
    @Under(Section.JUDGEMENT)
    boolean across;

    @Option(
            names = "--least",
            paramLabel = "PERCENT",
            defaultValue = "1",
            description =
                    "Smallest change of a timed cost that matters (default: ${DEFAULT-VALUE} %%); counts are exact.")
    @Under(Section.JUDGEMENT)
    double least = 1;

    @Option(names = "--all", description = "Show also the points that did not change.")
    @Under(Section.OUTPUT)
    boolean all;

    @Option(
            names = "--archive",
            paramLabel = "PLACE",
            description =
                    "Archive that holds the campaigns BASE and NEW (default: as for archive).")
    @Under(Section.INPUT)
    @Nullable String place;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    @Under(Section.OUTPUT)
    boolean json;

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        if (Files.isRegularFile(Path.of(base)) && Files.isRegularFile(Path.of(now))) {
            return kernels();
        }
        if (!(least >= 0 && least <= 1000)) {
            throw LabException.wrongUse("--least: want 0 to 1000 percent");
        }
        Comparison comparison = new Comparer(least / 100).compare(side(base), side(now));
        refuse(comparison, across);
        console.result(
                json ? ChangeDocument.of(comparison) + "\n" : new ChangeTable(all).of(comparison));
        return comparison.regression() ? ExitStatus.VIOLATED : ExitStatus.OK;
    }

    /** Refuses to compare figures of different testbeds, unless the user asked for it. */
    private static void refuse(Comparison comparison, boolean across) throws LabException {
        if (!comparison.differences().isEmpty() && !across) {
            throw LabException.wrongUse(
                    "the testbeds differ (%s): their figures do not compare the kernels; measure both on one testbed, or add --across-testbeds"
                            .formatted(String.join("; ", comparison.differences())));
        }
        if (comparison.points().isEmpty()) {
            throw LabException.wrongUse(
                    "nothing to compare: %s and %s have no point of a benchmark in common"
                            .formatted(comparison.base().label(), comparison.now().label()));
        }
    }

    /** Compares two images, which are measured alternately as by {@code validate --against}. */
    private int kernels() throws LabException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "feuerprobe",
                                "validate",
                                "--kernel",
                                now,
                                "--against",
                                base,
                                "--quick"));
        if (json) {
            command.add("--json");
        }
        TargetChoice target =
                TargetChoice.of(Installation.places(), TargetKind.QEMU).booting(Path.of(now));
        EffortChoice effort = EffortChoice.quickest();
        Path bounds = Installation.bounds(null);
        Invocation invocation = Invocation.now(Installation.version(), command);
        Validation validation =
                Validation.of(
                                ChosenBounds.read(
                                        bounds, CountedBounds.units(target.unit()), List.of()),
                                target,
                                effort,
                                effort.budget())
                        .proving(new ProvedVerdicts())
                        .by(invocation);
        KernelComparison comparison =
                KernelComparison.measure(
                        validation,
                        target,
                        base,
                        CampaignFolder.usual(Installation.results(), invocation),
                        new ConsoleListener(console));
        console.result(comparison.text(json));
        console.note("report: " + Places.shown(comparison.folder().resolve("report.html")));
        return ExitStatus.of(comparison, false);
    }

    private LabelledCampaign side(String name) throws LabException {
        Path folder = Path.of(name);
        try {
            if (!Files.isDirectory(folder)) {
                try (Archive archive = ArchivePlace.open(place)) {
                    return side(name, archive.folder(name));
                }
            }
            return side(name, folder);
        } catch (ArchiveException e) {
            throw LabException.wrongUse(
                    "%s: no such results folder, and %s".formatted(name, e.getMessage()));
        }
    }

    private static LabelledCampaign side(String name, Path folder) throws LabException {
        try {
            return new LabelledCampaign(
                    name, StoredManifest.read(folder), StoredResults.read(folder));
        } catch (StoredResults.UnreadableResultsException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }
}
