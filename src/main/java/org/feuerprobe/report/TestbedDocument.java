package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.target.NoiseProbe;
import org.feuerprobe.testbed.Check;
import org.feuerprobe.testbed.Fingerprint;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was found out about the machine, as text and JSON.
 *
 * @param noise empty where it was left out or could not be run
 * @param steal ticks of 10 ms that the hypervisor gave to others, by moment
 */
public record TestbedDocument(
        Fingerprint fingerprint,
        List<Check> checks,
        List<Metric> metrics,
        Optional<NoiseProbe> noise,
        Map<String, String> steal) {
    private static final int BAR = 40;

    /** Whether a metric can be trusted on a target. */
    public record Metric(String metric, String target, boolean fit, String text) {}

    /** For a terminal of so many columns, or 0 for a pipe, where nothing is broken. */
    public String text(int columns) {
        StringBuilder text = new StringBuilder("testbed " + fingerprint.hash() + "\n");
        fingerprint
                .facts()
                .forEach((name, value) ->
                        text.append(wrap("  %s: %s".formatted(name, value), "    ", columns)));
        text.append('\n');
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("METRIC", "TARGET", "FIT", "FOUND"));
        metrics.forEach(
                m -> rows.add(List.of(m.metric, m.target, m.fit ? "FIT" : "UNFIT", m.text)));
        text.append(table(rows, columns)).append('\n');
        rows.clear();
        rows.add(List.of("CHECK", "STATE", "VALUE", "READ FROM; MENDED BY"));
        checks.forEach(check ->
                rows.add(
                        List.of(
                                check.name(),
                                check.state().name(),
                                shortened(check.value()),
                                check.mend().isEmpty()
                                        ? check.where()
                                        : check.where() + "; " + check.mend())));
        text.append(table(rows, columns));
        text.append("\nsteal, ticks of 10 ms: ").append(steal).append('\n');
        noise.ifPresent(probe -> text.append('\n').append(histogram(probe, columns)));
        return text.toString();
    }

    private static String table(List<List<String>> rows, int columns) {
        return TextTable.of(rows, columns, 2, (_, _, cell) -> cell);
    }

    /** The text in lines that fit, those after the first indented, with a line end. */
    private static String wrap(String text, String indent, int columns) {
        if (columns == 0) {
            return text + "\n";
        }
        StringBuilder wrapped = new StringBuilder();
        String rest = text;
        while (rest.length() > columns) {
            int cut = rest.lastIndexOf(' ', columns);
            if (cut <= indent.length()) {
                cut = columns; // one long word
            }
            wrapped.append(rest.substring(0, cut).stripTrailing()).append('\n');
            rest = indent + rest.substring(cut).strip();
        }
        return wrapped.append(rest).append('\n').toString();
    }

    private static String histogram(NoiseProbe probe, int columns) {
        StringBuilder text =
                new StringBuilder(
                        wrap(
                                String.format(
                                        Locale.ROOT,
                                        "noise of %.0f s: longest gap %,.0f us, %.3f %% of the time lost in gaps of a microsecond and more",
                                        probe.seconds(),
                                        probe.longestMicros(),
                                        100 * probe.lost()),
                                "    ",
                                columns));
        probe.histogram()
                .forEach((nanos, count) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "  from %,12d ns %,12d %s\n",
                                        nanos,
                                        count,
                                        "#".repeat((int) Math.min(BAR, 2 * Math.log1p(count))))));
        return text.toString();
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 39) + "…";
    }

    /** What is missing, for people: first metrics, then the machine; {@code columns} as above. */
    public String advice(int columns) {
        StringBuilder text = new StringBuilder();
        for (Metric metric : metrics) {
            text.append(
                    wrap(
                            "%s %s on %s: %s"
                                    .formatted(
                                            metric.fit ? "ok     " : "missing",
                                            metric.metric,
                                            metric.target,
                                            metric.text),
                            "        ",
                            columns));
        }
        for (Check check : checks) {
            if (!check.mend().isEmpty()) {
                text.append(
                        wrap(
                                "%s %s is %s (%s)"
                                        .formatted(
                                                check.state() == Check.State.UNFIT
                                                        ? "unfit  "
                                                        : "noisier",
                                                check.name(),
                                                check.value(),
                                                check.where()),
                                "        ",
                                columns));
                text.append(wrap("        " + check.mend(), "        ", columns));
            }
        }
        String unknown =
                String.join(
                        ", ",
                        checks.stream()
                                .filter(check -> check.state() == Check.State.UNKNOWN)
                                .map(Check::name)
                                .toList());
        return unknown.isEmpty()
                ? text.toString()
                : text
                        + wrap(
                                "unknown here, which is not the same as well: " + unknown,
                                "        ",
                                columns);
    }

    /** The whole document. */
    public String json() {
        Map<String, Object> document = adviceMap();
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("hash", fingerprint.hash());
        identity.put("facts", fingerprint.facts());
        document.put("fingerprint", identity);
        document.put("noise", noise.orElse(null));
        document.put("steal", steal);
        return print(document);
    }

    /** What {@code doctor --json} prints. */
    public String adviceJson() {
        return print(adviceMap());
    }

    private Map<String, Object> adviceMap() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("metrics", metrics);
        document.put("checks", checks);
        return document;
    }

    private static String print(Map<String, Object> document) {
        return JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(document);
    }
}
