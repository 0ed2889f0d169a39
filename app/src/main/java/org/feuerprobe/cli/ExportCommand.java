package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.feuerprobe.exchange.ExportFormat;
import org.feuerprobe.harness.Glob;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.outcome.StoredFolder;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes stored results for another tool. */
@Command(
        name = "export",
        description = "Write stored results in the format of another tool.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe export results/x --format jmh --out jmh-result.json",
            "  feuerprobe export results/x --format extra-p --only 'cap_*' --out caps.txt",
            "",
            "Formats: docs/exchange.md"
        })
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "RESULTS",
            description = "A folder that validate or bench --out wrote.")
    Path results = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            completionCandidates = Candidates.class,
            description = "One of ${COMPLETION-CANDIDATES} (required).")
    @Under(Section.OUTPUT)
    String format = "";

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            arity = "1..*",
            description = "Only benchmarks whose name or operation matches.")
    @Under(Section.INPUT)
    List<String> only = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "File to write (default: standard output).")
    @Under(Section.OUTPUT)
    @Nullable Path out;

    /** The formats' names. */
    static final class Candidates extends java.util.ArrayList<String> {
        private static final long serialVersionUID = 1;

        Candidates() {
            for (ExportFormat format : ExportFormat.values()) {
                add(format.word());
            }
        }
    }

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException {
        ExportFormat chosen =
                ExportFormat.of(format)
                        .orElseThrow(() ->
                                LabException.wrongUse(
                                        "unknown format '%s', want: %s"
                                                .formatted(format, ExportFormat.words())));
        StoredCampaign campaign = chosen(StoredFolder.read(results));
        Output.write(console, out, chosen.write(campaign));
        campaign.doubtful().forEach(series -> console.note(series.warning()));
        return ExitStatus.OK;
    }

    private StoredCampaign chosen(StoredCampaign campaign) throws LabException {
        List<Glob> globs = only.stream().map(Glob::new).toList();
        for (Glob glob : globs) {
            if (campaign.series().stream().noneMatch(series -> matches(glob, series))) {
                throw glob.matchesNothing(
                        "benchmark of the results",
                        campaign.series().stream().map(StoredSeries::benchmark).toList());
            }
        }
        return globs.isEmpty()
                ? campaign
                : campaign.only(series -> globs.stream().anyMatch(glob -> matches(glob, series)));
    }

    private static boolean matches(Glob glob, StoredSeries series) {
        return glob.matches(series.benchmark()) || glob.matches(series.operation());
    }
}
