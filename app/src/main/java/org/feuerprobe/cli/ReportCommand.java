package org.feuerprobe.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.gate.AlertPage;
import org.feuerprobe.gate.CampaignHistory;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.outcome.StoredFolder;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.plot.PlotScript;
import org.feuerprobe.report.CsvReport;
import org.feuerprobe.report.LavaResults;
import org.feuerprobe.report.MarkdownReport;
import org.feuerprobe.report.WholeFile;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows stored results again, without measuring. */
@Command(
        name = "report",
        description = "Show stored results again, without measuring.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe report results/20260102-030405-678",
            "  feuerprobe report results/x --history results",
            "  feuerprobe report results/x --format text",
            "  feuerprobe report results/x --format md",
            "  feuerprobe report results/x --format gnuplot --out plots && cd plots && gnuplot plot.gp",
            "  feuerprobe report results/x results/native results/misses --out side-by-side.html",
            "",
            "Without --out, html is written to the results folder. gnuplot and matplotlib write",
            "a folder, which --out names. All other formats go to standard output."
        })
final class ReportCommand implements Callable<Integer> {
    /** The forms of a report. */
    enum Format {
        html,
        text,
        md,
        csv,
        figures,
        samples,
        lava,
        gnuplot,
        matplotlib,
        json
    }

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "RESULTS",
            description = "A folder that validate or bench --out wrote.")
    Path results = Path.of("");

    @Parameters(
            index = "1..*",
            paramLabel = "OTHER",
            description =
                    "Further folders to show beside RESULTS: other targets, metrics or kernels.")
    List<Path> others = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "html",
            description =
                    "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). text is what validate printed, csv holds the verdicts, figures the points, samples every value as JSON Lines, lava a test case per bound.")
    @Under(Section.OUTPUT)
    Format format = Format.html;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description =
                    "File to write, or folder for gnuplot and matplotlib; - is standard output.")
    @Under(Section.OUTPUT)
    @Nullable Path out;

    @Option(
            names = "--all",
            description = "With --format text: print every bound and every reason.")
    @Under(Section.OUTPUT)
    boolean all;

    @Option(
            names = "--history",
            paramLabel = "PLACE",
            arity = "1..*",
            description =
                    "Earlier results folders or archives: write each series over time to history.html beside the page.")
    @Under(Section.OUTPUT)
    List<String> places = new ArrayList<>();

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException {
        StoredCampaign campaign = StoredFolder.read(results, others, console::note);
        if (!places.isEmpty() && format != Format.html) {
            throw LabException.wrongUse("--history is for --format html");
        }
        if (all && format != Format.text) {
            throw LabException.wrongUse("--all is for --format text");
        }
        if (format == Format.text && !others.isEmpty()) {
            throw LabException.wrongUse("--format text prints one RESULTS: leave the others out");
        }
        write(campaign);
        return ExitStatus.OK;
    }

    private void write(StoredCampaign campaign) throws LabException {
        switch (format) {
            case html -> {
                String name = others.isEmpty() ? "report.html" : "comparison.html";
                Path file = out != null ? out : results.resolve(name);
                text(file, ReportPage.html(campaign, history(file)) + "\n");
            }
            case text -> new CampaignOutput(console).print(campaign, all, out);
            case md -> text(out, MarkdownReport.of(campaign));
            case csv -> text(out, CsvReport.verdicts(campaign));
            case figures -> text(out, CsvReport.figures(campaign));
            case samples -> text(out, samples(campaign));
            case lava -> text(out, LavaResults.of(campaign));
            case json -> text(out, StoredFolder.verdicts(results));
            case gnuplot ->
                    folder(
                            PlotScript.gnuplot(heading(campaign), ReportPage.plots(campaign)),
                            "gnuplot plot.gp");
            case matplotlib ->
                    folder(
                            PlotScript.matplotlib(heading(campaign), ReportPage.plots(campaign)),
                            "python3 plot.py");
        }
    }

    /** Writes the page of the history beside the report. Returns its name, or an empty text. */
    private String history(Path report) throws LabException {
        if (places.isEmpty()) {
            return "";
        }
        if (!others.isEmpty() || report.toString().equals("-")) {
            throw LabException.wrongUse("--history: want one RESULTS and a page in a file");
        }
        try {
            LabelledCampaign now = CampaignHistory.side(results.toString(), results);
            CampaignHistory history = CampaignHistory.read(places, now, "");
            Path page = report.resolveSibling("history.html");
            Output.write(
                    console,
                    "--history",
                    page,
                    AlertPage.of(history, now.manifest().exact()).html());
            return "history.html";
        } catch (StoredResults.UnreadableResultsException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private static String samples(StoredCampaign campaign) throws LabException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try {
            StoredResults.sampleLines(campaign, lines);
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
        return lines.toString(StandardCharsets.UTF_8);
    }

    private static String heading(StoredCampaign campaign) {
        return "Feuerprobe: "
                + campaign.provenance().subject()
                + ", "
                + campaign.provenance().began();
    }

    private void text(@Nullable Path file, String text) throws LabException {
        Output.write(console, file, text);
    }

    private void folder(Map<String, String> files, String command) throws LabException {
        Path folder = out != null ? out : results.resolve(format.name());
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                WholeFile.write(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw LabException.wrongUse("--out: cannot write " + folder + ": " + e.getMessage());
        }
        console.note("written: %s; run there: %s".formatted(Places.shown(folder), command));
    }
}
