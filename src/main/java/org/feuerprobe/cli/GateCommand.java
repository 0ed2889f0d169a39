package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.feuerprobe.exchange.Sel4benchHistory;
import org.feuerprobe.gate.History;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what changed in a history of runs. */
@Command(
        name = "gate",
        description =
                "Says what changed against the history of runs; exits with 1 on a new regression.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe gate --import sel4bench 2026/*/*.jsonl",
            "  feuerprobe gate --import sel4bench 2026/*/*.jsonl --page history.html",
            "",
            "How a change is told from noise: docs/gate.md"
        })
final class GateCommand implements Callable<Integer> {
    /** Histories of other tools. */
    enum Import {
        sel4bench
    }

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What --import reads.")
    private List<Path> files = List.of();

    @Option(
            names = "--import",
            paramLabel = "FORMAT",
            required = true,
            description = "History of another tool: ${COMPLETION-CANDIDATES}.")
    private Import format = Import.sel4bench;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "Write every series with its chart and changes as an HTML page.")
    private @Nullable Path page;

    private final Console console;

    GateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException {
        Sel4benchHistory history =
                switch (format) {
                    case sel4bench -> new Sel4benchHistory();
                };
        for (Path file : files) {
            try {
                history.add(file.toString(), configuration(file), text(file));
            } catch (Sel4benchHistory.MalformedHistoryException e) {
                throw new CommandException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
            }
        }
        List<History> series = history.series();
        List<HistoryAlert> alerts = HistoryAlert.of(series);
        AlertOutput output = new AlertOutput(series.size(), history.runs(), alerts);
        if (page != null) {
            String html = new AlertPage(series, history.runs(), alerts).html();
            ReportCommand.write(console, "--page", page, html);
        }
        console.result(json ? output.json() : output.text());
        return alerts.stream().anyMatch(HistoryAlert::isNewRegression)
                ? ExitStatus.VIOLATED
                : ExitStatus.OK;
    }

    /** Platform and configuration, from the last folder and the file's name without its ending. */
    private static String configuration(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        String name = String.valueOf(whole.getFileName()).replaceFirst("\\.[^.]*$", "");
        Path folder = whole.getParent();
        Path platform = folder == null ? null : folder.getFileName();
        return platform == null ? name : platform + "/" + name;
    }

    private static String text(Path file) throws CommandException {
        if (Files.isDirectory(file)) {
            throw new CommandException(
                    ExitStatus.USAGE, file + ": is a folder: name the .jsonl files in it");
        }
        try {
            return Files.readString(file);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new CommandException(ExitStatus.USAGE, file + ": no such file");
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new CommandException(ExitStatus.USAGE, file + ": is not text in UTF-8");
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.USAGE, file + ": cannot be read: " + e.getMessage());
        }
    }
}
