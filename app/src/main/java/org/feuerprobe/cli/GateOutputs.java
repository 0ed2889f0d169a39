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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The forms in which the gate's result is written, beside its exit status. */
@Under(Section.OUTPUT)
final class GateOutputs {
    private static final String TITLE = "Feuerprobe gate";

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write JUnit XML: VIOLATED is a failure, untrustworthy is skipped, a fault is an error.")
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

    /** Writes all that was asked for, and returns the exit status. */
    int write(Console console, GateResult result, boolean json) throws LabException {
        if (junit != null) {
            Output.write(console, junit, JunitDocument.of(TITLE, result));
        }
        if (markdown != null) {
            Output.write(console, markdown, MarkdownSummary.of(TITLE, result));
        }
        if (json) {
            console.result(GateDocument.of(result));
        } else {
            console.result(GateText.of(result));
            if (annotations) {
                console.result(Annotations.of(result));
            }
        }
        if (result.has(Finding.Outcome.FAILED)) {
            return ExitStatus.VIOLATED;
        }
        return result.has(Finding.Outcome.ERROR) ? ExitStatus.TARGET : ExitStatus.OK;
    }

    /** What was asked of outputs that --import does not have. */
    boolean any() {
        return junit != null || markdown != null || annotations;
    }
}
