package org.feuerprobe.gate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Writer of the gate's result as Markdown for the summary of a CI job, worst first, cut to the
 * permitted size.
 */
public final class MarkdownSummary {
    /** Size limit: GitHub refuses a step's summary beyond 1 MiB. */
    public static final int MOST_BYTES = 1 << 20;

    private static final int RESERVED = 200;

    private MarkdownSummary() {}

    /** The summary; {@code title} is its heading. */
    public static String of(String title, GateResult result) {
        return of(title, result, MOST_BYTES);
    }

    static String of(String title, GateResult result, int most) {
        StringBuilder text = new StringBuilder("## ").append(escape(title)).append("\n\n");
        result.verdicts().forEach(verdict -> text.append("- ").append(verdict).append('\n'));
        result.notes().forEach(note -> text.append("- note: ").append(escape(note)).append('\n'));
        List<Finding> shown =
                result.worst().stream()
                        .filter(finding -> finding.outcome() != Finding.Outcome.PASSED)
                        .toList();
        if (shown.isEmpty()) {
            return text.toString();
        }
        text.append("\n| outcome | of | what | |\n| --- | --- | --- | --- |\n");
        int size = bytes(text.toString());
        int rows = 0;
        for (Finding finding : shown) {
            String row =
                    "| %s | %s | %s | %s |\n"
                            .formatted(
                                    GateResult.word(finding.outcome()),
                                    GateResult.word(finding.suite()),
                                    escape(finding.name()),
                                    escape(finding.message()));
            size += bytes(row);
            if (size > most - RESERVED) {
                return text.append(
                                String.format(
                                        Locale.ROOT,
                                        "\nCut here: %,d of %,d rows are left out, beginning with the least severe; --json has all.\n",
                                        shown.size() - rows,
                                        shown.size()))
                        .toString();
            }
            text.append(row);
            rows++;
        }
        return text.toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** A cell's text, escaped so that nothing in it is Markdown or HTML. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    if (c == '&') {
                        escaped.append("&amp;");
                    } else if (c == '<') {
                        escaped.append("&lt;");
                    } else if (c == '>') {
                        escaped.append("&gt;");
                    } else if (c == '@') {
                        escaped.append("&#64;"); // no mention of a stranger
                    } else if (c < 0x20) {
                        escaped.append(' ');
                    } else {
                        escaped.append("\\`*_{}[]#|~!".indexOf(c) >= 0 ? "\\" : "")
                                .appendCodePoint(c);
                    }
                });
        return escaped.toString();
    }
}
