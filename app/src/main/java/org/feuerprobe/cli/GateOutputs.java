package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.gate.Annotations;
import org.feuerprobe.gate.Finding;
import org.feuerprobe.gate.GateResult;
import org.feuerprobe.gate.GateText;
import org.feuerprobe.gate.JunitDocument;
import org.feuerprobe.gate.MarkdownSummary;
import org.feuerprobe.results.Documents;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the gate's result goes beside its exit status. */
final class GateOutputs {
    private static final String TITLE = "Feuerprobe gate";

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write JUnit XML: violated = failure, unfit = skipped, fault = error.")
    @Nullable Path junit;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write a summary in Markdown, at most 1 MiB.")
    @Nullable Path markdown;

    @Option(
            names = "--annotations",
            description = "Print at most ten workflow commands of GitHub, worst first.")
    boolean annotations;

    /** Writes all that was asked for; says the exit status. */
    int write(Console console, GateResult result, boolean json) throws CommandException {
        if (junit != null) {
            ReportCommand.write(console, junit, JunitDocument.of(TITLE, result));
        }
        if (markdown != null) {
            ReportCommand.write(console, markdown, MarkdownSummary.of(TITLE, result));
        }
        if (json) {
            console.result(document(result));
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

    private static String document(GateResult result) {
        List<Map<String, Object>> findings = new ArrayList<>();
        for (Finding finding : result.findings()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("of", word(finding.suite()));
            fields.put("outcome", word(finding.outcome()));
            fields.put("name", finding.name());
            fields.put("message", finding.message());
            fields.put("properties", finding.properties());
            findings.add(fields);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("verdicts", result.verdicts());
        document.put("notes", result.notes());
        document.put("findings", findings);
        return Documents.pretty(document) + "\n";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
