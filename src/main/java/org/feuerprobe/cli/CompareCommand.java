package org.feuerprobe.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.feuerprobe.compare.ChangeDocument;
import org.feuerprobe.compare.ChangeTable;
import org.feuerprobe.compare.Comparer;
import org.feuerprobe.compare.Comparison;
import org.feuerprobe.compare.Side;
import org.feuerprobe.report.StoredManifest;
import org.feuerprobe.report.StoredResults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what changed from one campaign to another. */
@Command(
        name = "compare",
        description = "Say what changed between two campaigns.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe compare results/before results/after",
            "  feuerprobe compare results/a results/b --json | jq '.counts'",
            "",
            "Exit status: 0 no regression, 1 a cost rose or a bound broke, 2 not comparable."
        })
final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "BASE", description = "Results before.")
    String base = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "Results after.")
    String now = "";

    @Option(
            names = "--across-testbeds",
            description = "Compare although machine, emulator or target differ.")
    boolean across;

    @Option(
            names = "--least",
            paramLabel = "PERCENT",
            defaultValue = "1",
            description =
                    "Smallest change of a timed cost that matters (default: ${DEFAULT-VALUE} %%); counts are exact.")
    double least = 1;

    @Option(names = "--all", description = "Show the points that did not change, too.")
    boolean all;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException {
        if (!(least >= 0 && least <= 1000)) {
            throw new CommandException(ExitStatus.USAGE, "--least: want 0 to 1000 percent");
        }
        Comparison comparison = new Comparer(least / 100).compare(side(base), side(now));
        refuse(comparison, across);
        print(console, comparison, all, json);
        return comparison.regression() ? ExitStatus.VIOLATED : ExitStatus.OK;
    }

    /** Figures of different testbeds are not compared unless asked for. */
    static void refuse(Comparison comparison, boolean across) throws CommandException {
        if (!comparison.differences().isEmpty() && !across) {
            throw new CommandException(
                    ExitStatus.USAGE,
                    "the testbeds differ (%s): figures say nothing of the kernels; measure both on one, or ask with --across-testbeds"
                            .formatted(String.join("; ", comparison.differences())));
        }
        if (comparison.points().isEmpty()) {
            throw new CommandException(
                    ExitStatus.USAGE,
                    "nothing to compare: %s and %s have no point of a benchmark in common"
                            .formatted(comparison.base().label(), comparison.now().label()));
        }
    }

    static void print(Console console, Comparison comparison, boolean all, boolean json) {
        console.result(
                json ? ChangeDocument.of(comparison) + "\n" : new ChangeTable(all).of(comparison));
    }

    private static Side side(String name) throws CommandException {
        Path folder = Path.of(name);
        if (!Files.isDirectory(folder)) {
            throw new CommandException(ExitStatus.USAGE, name + ": no such results folder");
        }
        try {
            return new Side(name, StoredManifest.read(folder), StoredResults.read(folder));
        } catch (StoredResults.UnreadableResultsException e) {
            throw new CommandException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
