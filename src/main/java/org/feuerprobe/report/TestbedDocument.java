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

    /** For a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder("testbed " + fingerprint.hash() + "\n");
        fingerprint
                .facts()
                .forEach((name, value) -> text.append("  %s: %s\n".formatted(name, value)));
        text.append('\n');
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("METRIC", "TARGET", "FIT", "FOUND"));
        metrics.forEach(
                m -> rows.add(List.of(m.metric, m.target, m.fit ? "FIT" : "UNFIT", m.text)));
        text.append(TextTable.of(rows)).append('\n');
        rows.clear();
        rows.add(List.of("CHECK", "STATE", "VALUE", "READ FROM"));
        checks.forEach(check ->
                rows.add(
                        List.of(
                                check.name(),
                                check.state().name(),
                                shortened(check.value()),
                                check.where())));
        text.append(TextTable.of(rows));
        text.append("\nsteal, ticks of 10 ms: ").append(steal).append('\n');
        noise.ifPresent(probe -> text.append('\n').append(histogram(probe)));
        return text.toString();
    }

    private static String histogram(NoiseProbe probe) {
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "noise of %.0f s: longest gap %,.0f us, %.3f %% of the time lost in gaps of a microsecond and more\n",
                                probe.seconds(),
                                probe.longestMicros(),
                                100 * probe.lost()));
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

    /** What is missing, for people: first metrics, then the machine. */
    public String advice() {
        StringBuilder text = new StringBuilder();
        for (Metric metric : metrics) {
            text.append(
                    "%s %s on %s: %s\n"
                            .formatted(
                                    metric.fit ? "ok     " : "missing",
                                    metric.metric,
                                    metric.target,
                                    metric.text));
        }
        for (Check check : checks) {
            if (!check.mend().isEmpty()) {
                text.append(
                        "%s %s is %s (%s)\n        %s\n"
                                .formatted(
                                        check.state() == Check.State.UNFIT ? "unfit  " : "noisier",
                                        check.name(),
                                        check.value(),
                                        check.where(),
                                        check.mend()));
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
                : text + "unknown here, which is not the same as well: " + unknown + "\n";
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
