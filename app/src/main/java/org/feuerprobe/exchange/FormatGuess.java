package org.feuerprobe.exchange;

import java.util.Optional;
import java.util.regex.Pattern;
import org.feuerprobe.exchange.ForeignData.Format;
import tools.jackson.databind.JsonNode;

/** Detector of the tool that wrote a file, by its first line or by the keys of a JSON document. */
public final class FormatGuess {
    /** Lines of {@code cyclictest} without {@code -h}, and of {@code rtla timerlat top}. */
    private static final Pattern RUNNING =
            Pattern.compile("(?m)^T: *[0-9]+ \\( *[0-9]+\\) P:|^ *CPU COUNT +\\|");

    private FormatGuess() {}

    /**
     * Whether the first line alone shows that the file is in our JSON Lines format, which can be
     * read line by line from an endless stream.
     */
    public static boolean isOurLine(String line) {
        String stripped = line.strip();
        if (!stripped.startsWith("{") || !stripped.endsWith("}")) {
            return false;
        }
        try {
            JsonNode node = ForeignJson.parse(stripped);
            return node.has("points") || node.has("bound") || node.has("id");
        } catch (ForeignFormatException e) {
            return false;
        }
    }

    /**
     * The format of a text. Empty for our JSON Lines, or for one such object over several lines.
     */
    public static Optional<Format> of(String text) throws ForeignFormatException {
        String stripped = ForeignJson.document(text).strip();
        String first = stripped.lines().findFirst().orElse("");
        if (stripped.startsWith("# RTLA") || stripped.contains("\n# RTLA")) {
            return Optional.of(Format.RTLA);
        }
        if (text.contains("JSON OUTPUT")) {
            return Optional.of(Format.SEL4BENCH);
        }
        if (stripped.lines().anyMatch(line -> line.equals(CyclictestReader.HISTOGRAM))) {
            return Optional.of(Format.CYCLICTEST);
        }
        if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
            if (RUNNING.matcher(stripped).find()) {
                throw new ForeignFormatException(
                        0,
                        "figures of a running test, without single values: want a histogram, from cyclictest -h 400 or rtla timerlat hist");
            }
            boolean extraP =
                    stripped.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .findFirst()
                            .filter(line -> line.startsWith("PARAMETER "))
                            .isPresent();
            return Optional.of(extraP ? Format.EXTRA_P : Format.CSV);
        }
        if (first.startsWith("{") && first.endsWith("}")) {
            try {
                JsonNode line = ForeignJson.parse(first);
                if (line.has("params") && line.has("value")) {
                    return Optional.of(Format.EXTRA_P_JSONL);
                }
            } catch (ForeignFormatException e) {
                return Optional.empty(); // the reader of our format reports the wrong line
            }
        }
        if (first.startsWith("{")
                && !first.equals("{")
                && stripped.lines().skip(1).anyMatch(l -> l.startsWith("{"))) {
            return Optional.empty();
        }
        return document(ForeignJson.parse(text));
    }

    private static Optional<Format> document(JsonNode root) throws ForeignFormatException {
        JsonNode first = root.path(0);
        if (root.path("benchmarks").isArray()) {
            return Optional.of(Format.GOOGLE_BENCHMARK);
        }
        if (first.has("primaryMetric")) {
            return Optional.of(Format.JMH);
        }
        if (first.has("Benchmark") && first.has("Results")) {
            return Optional.of(Format.SEL4BENCH);
        }
        if (root.path("results").isArray()
                && (root.path("results").isEmpty()
                        || root.path("results").path(0).has("command"))) {
            return Optional.of(Format.HYPERFINE);
        }
        if (root.has("thread") && root.has("num_threads")) {
            return Optional.of(Format.CYCLICTEST);
        }
        if (root.has("parameters") && root.has("measurements")) {
            return Optional.of(Format.EXTRA_P_JSON);
        }
        if (root.isObject() && (root.has("points") || root.has("bound"))) {
            return Optional.empty();
        }
        throw new ForeignFormatException(
                0,
                "the tool of this JSON document is unknown: want one data set per line (docs/check.md), or one of "
                        + Format.words());
    }
}
