package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.feuerprobe.exchange.ExportFormat;
import org.feuerprobe.report.StoredCampaign;
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
            "  feuerprobe export results/x --format extra-p | head",
            "",
            "Formats: docs/exchange.md"
        })
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "RESULTS", description = "A folder that validate wrote.")
    Path results = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            completionCandidates = Candidates.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    String format = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Default: standard output.")
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
    public Integer call() throws CommandException {
        ExportFormat chosen =
                ExportFormat.of(format)
                        .orElseThrow(() ->
                                new CommandException(
                                        ExitStatus.USAGE,
                                        "unknown format '%s', want: %s"
                                                .formatted(format, ExportFormat.words())));
        StoredCampaign campaign = ReportCommand.read(results);
        ReportCommand.write(console, out, chosen.write(campaign));
        return ExitStatus.OK;
    }
}
