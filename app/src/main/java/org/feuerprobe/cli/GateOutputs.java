package org.feuerprobe.cli;

import java.nio.file.Path;
import org.feuerprobe.gate.Annotations;
import org.feuerprobe.gate.Finding;
import org.feuerprobe.gate.GateDocument;
import org.feuerprobe.gate.GateResult;
import org.feuerprobe.gate.GateText;
import org.feuerprobe.gate.JunitDocument;
import org.feuerprobe.gate.MarkdownSummary;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The formats in which the gate's result is written, besides its exit status. */
@Under(Section.OUTPUT)
final class GateOutputs {
    private static final String TITLE = "Feuerprobe gate";

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description =
                    "Write JUnit XML: a violated bound or a failing change is a failure; what cannot be measured or compared is skipped; a failed measurement is an error.")
    @Nullable Path junit;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write a summary in Markdown, at most 1 MiB.")
    @Nullable Path markdown;

    @Option(
            names = "--annotations",
            description = "Print annotations for GitHub, at most ten, worst first.")
    boolean annotations;

    @Option(
            names = "--strict",
            description =
                    "Exit with 4 if one of the gate's two questions is answered UNKNOWN: is a bound violated, has a cost changed.")
    @Under(Section.JUDGEMENT)
    boolean strict;

    /**
     * Writes a result to standard output as text or JSON, and to the files of the options. Returns
     * the exit status.
     */
    int write(Console console, GateResult result, boolean json) throws LabException {
        return write(console, result, json ? GateDocument.of(result) : GateText.of(result), json);
    }

    /** Writes a result as above, with this {@code text} for standard output. */
    int write(Console console, GateResult result, String text, boolean json) throws LabException {
        if (junit != null) {
            Output.write(console, junit, JunitDocument.of(TITLE, result));
        }
        if (markdown != null) {
            Output.write(console, markdown, MarkdownSummary.of(TITLE, result));
        }
        console.result(text);
        if (annotations && !json) {
            console.result(Annotations.of(result));
        }
        if (result.has(Finding.Outcome.FAILED)) {
            return ExitStatus.VIOLATED;
        }
        if (result.has(Finding.Outcome.ERROR)) {
            return ExitStatus.TARGET;
        }
        return strict && result.isUnknown() ? ExitStatus.UNDECIDED : ExitStatus.OK;
    }
}
