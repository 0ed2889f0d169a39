package org.feuerprobe.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredResults;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes results folders as {@code validate} does, with what no kernel at hand shows at once:
 * noise, regimes, two parameters, limits in the metric's own unit, names that mean harm.
 */
public final class SyntheticResults {
    static final String HARM =
            "<script>alert(1)</script>\"'&`$(id)\u202e\u0007\u001b[31m</style>--></title>";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final List<Map<String, Object>> verdicts = new ArrayList<>();
    private final StringBuilder samples = new StringBuilder();
    private String subject = "Synthetic";
    private int boots = 4;
    private int scale = 1;
    private int extra;
    private String began = "2026-01-02T03:04:05Z";
    private boolean exact;

    /** Noise, a regime, a heat map, every verdict. */
    public static SyntheticResults rich(int valuesEach) {
        return rich(valuesEach, 1);
    }

    /** The same with costs {@code scale} times as large, so that few values are equal. */
    public static SyntheticResults rich(int valuesEach, int scale) {
        SyntheticResults results = new SyntheticResults();
        results.scale = scale;
        results.line("send", valuesEach);
        results.map();
        results.verdict("send/target", "send", "O(1)", "target", "VIOLATED", "O(N)", true);
        results.verdict("send/documented", "send", "O(N)", "documented", "HOLDS", "O(N)", true);
        results.verdict("send/fast", "send", "p99 <= 480 ns", "documented", "VIOLATED", "", false);
        results.verdict("send/slow", "send", "p99 <= 1200 ns", "documented", "HOLDS", "", false);
        results.verdict("join/documented", "join", "O(S*K)", "documented", "HOLDS", "O(K·S)", true);
        results.verdict(
                "join/cycles", "join", "p99 <= 9 cycles", "target", "NOT_MEASURABLE", "", false);
        results.verdict(
                "gone/documented", "gone", "O(1)", "documented", "NOT_EXERCISED", "", false);
        results.verdict(
                "open/documented", "open", "O(log N)", "documented", "INCONCLUSIVE", "", false);
        return results;
    }

    /**
     * One of a history of campaigns whose counts repeat exactly, {@code extra} larger everywhere.
     */
    public static SyntheticResults counted(int day, int extra) {
        SyntheticResults results = new SyntheticResults();
        results.began = "2026-01-%02dT00:00:00Z".formatted(day);
        results.exact = true;
        results.extra = extra;
        results.line("send", 16);
        results.map();
        results.verdict("send/documented", "send", "O(N)", "documented", "HOLDS", "O(N)", true);
        results.verdict("join/documented", "join", "O(S*K)", "documented", "HOLDS", "O(K·S)", true);
        return results;
    }

    /** Every text a threat. */
    public static SyntheticResults hostile() {
        SyntheticResults results = new SyntheticResults();
        String longName = HARM.repeat(10_240 / HARM.length() + 1);
        results.subject = HARM;
        results.line(HARM, 32);
        results.line(longName, 32);
        results.verdict(HARM, HARM, "O(N)", HARM, "VIOLATED", "O(N^2)", true);
        results.verdict("=cmd|' /C calc'!A0", longName, HARM, "target", "HOLDS", HARM, false);
        results.verdict(longName, longName, "p99 <= 5 ns", "documented", "LOOSE", "", false);
        return results;
    }

    /** As many benchmarks as a full campaign has. */
    public static SyntheticResults large(int operations) {
        SyntheticResults results = new SyntheticResults();
        for (int i = 0; i < operations; i++) {
            String name = "operation_" + i;
            results.line(name, 64);
            results.verdict(
                    name + "/documented", name, "O(N)", "documented", "HOLDS", "O(N)", true);
            results.verdict(name + "/target", name, "O(1)", "target", "VIOLATED", "O(N)", true);
            results.verdict(name + "/p99", name, "p99 <= 5000 ns", "target", "HOLDS", "", false);
        }
        return results;
    }

    private void line(String operation, int valuesEach) {
        Random random = new Random(7);
        for (int n = 16; n <= 65_536; n *= 2) {
            for (int boot = 0; boot < boots; boot++) {
                double cost = 300 + 0.05 * n + (n > 4096 ? 900 : 0);
                double shift = 1 + 0.01 * random.nextGaussian();
                List<Long> values = new ArrayList<>();
                for (int i = 0; i < valuesEach; i++) {
                    double value = cost * shift * (1 + 0.02 * Math.abs(random.nextGaussian()));
                    values.add(
                            Math.round(scale * (random.nextInt(200) == 0 ? value * 1.6 : value))
                                    + 20
                                    + extra);
                }
                sample(operation, operation + "/warm", params("N", n), boot, values);
            }
        }
    }

    private void map() {
        for (int s = 1; s <= 64; s *= 4) {
            for (int k = 2; k <= 32; k *= 2) {
                for (int boot = 0; boot < boots; boot++) {
                    long cost = 40 + 3L * s * k + 20 + extra;
                    sample(
                            "join",
                            "join/all",
                            params2(s, k),
                            boot,
                            List.of(cost, cost, cost + boot));
                }
            }
        }
    }

    private static Map<String, Long> params(String name, long value) {
        return Map.of(name, value);
    }

    private static Map<String, Long> params2(long s, long k) {
        Map<String, Long> params = new LinkedHashMap<>();
        params.put("S", s);
        params.put("K", k);
        return params;
    }

    private void sample(
            String operation,
            String benchmark,
            Map<String, Long> params,
            int boot,
            List<Long> values) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("operation", operation);
        line.put("benchmark", benchmark);
        line.put("target", "linux");
        line.put("metric", "ns");
        line.put("params", params);
        line.put("boot", boot);
        line.put("seed", boot + 1);
        line.put("batch", 1);
        line.put("samples", values);
        line.put("twin", List.of(20, 20, 21));
        samples.append(MAPPER.writeValueAsString(line)).append('\n');
    }

    private void verdict(
            String id,
            String operation,
            String claim,
            String kind,
            String verdict,
            String growth,
            boolean modelled) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bound", id);
        fields.put("operation", operation);
        fields.put("claim", claim);
        fields.put("kind", kind);
        fields.put("metric", claim.contains("cycles") ? "cycles" : "ns");
        fields.put("target", "linux");
        fields.put("verdict", verdict);
        if (!growth.isEmpty()) {
            fields.put("class", growth);
        }
        fields.put("confidence", 0.987);
        fields.put("certificate", false);
        Map<String, Object> model = model(operation.equals("join"));
        if (modelled) {
            fields.put("model", model);
        }
        fields.put("range", Map.of("N", List.of(16, 65_536)));
        fields.put("reason", "because of " + id);
        fields.put("source", Map.of("document", "docs/" + operation, "section", "costs"));
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("benchmark", operation + (operation.equals("join") ? "/all" : "/warm"));
        evidence.put("verdict", verdict);
        evidence.put("certificate", false);
        evidence.put("model", model);
        evidence.put("reason", "as the data say");
        fields.put("evidence", modelled ? List.of(evidence) : List.of());
        verdicts.add(fields);
    }

    private static Map<String, Object> model(boolean product) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("text", product ? "40 + 3·K·S" : "304 + 0.0507·N; cost +910 past N = 4096");
        model.put(
                "intercept",
                Map.of("value", product ? 40 : 304, "low", 296, "high", 311, "level", 0.95));
        Map<String, Object> term = new LinkedHashMap<>();
        term.put("of", product ? "K·S" : "N");
        term.put("coefficient", product ? 3 : 0.0507);
        term.put("low", product ? 3 : 0.0498);
        term.put("high", product ? 3 : 0.0516);
        model.put("terms", List.of(term));
        model.put("exact", false);
        model.put("largest_residual", 812.5);
        Map<String, Object> regime = new LinkedHashMap<>();
        regime.put("parameter", "N");
        regime.put("after", 4096);
        regime.put("before", 8192);
        regime.put("change", "level");
        regime.put("size", Map.of("value", 910, "low", 880, "high", 930, "level", 0.95));
        regime.put("text", "cost +910 past N = 4096");
        model.put("regimes", product ? List.of() : List.of(regime));
        return model;
    }

    /** Writes the folder. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schema", 1);
        manifest.put("feuerprobe", "0.1.0");
        manifest.put(
                "command",
                List.of("feuerprobe", "validate", "--seed", "7", "--only", "send", "--out", "x"));
        manifest.put("began", began);
        manifest.put("exact", exact);
        manifest.put("seconds", 12.5);
        manifest.put("target", "linux");
        manifest.put("metric", "ns");
        manifest.put("kernel", Map.of("name", subject, "version", "1", "sha256", "00ff"));
        manifest.put("testbed", Map.of("cpu", subject));
        manifest.put("seed", 7);
        manifest.put("boots", List.of(1, 2, 3, 4));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("subject", subject);
        document.put("bounds", "bounds/" + subject);
        document.put(
                "repetition",
                Map.of("seed", 7, "identical", true, "values", 4096, "difference", ""));
        document.put("rejected", List.of());
        document.put("verdicts", verdicts);
        Files.writeString(folder.resolve("manifest.json"), MAPPER.writeValueAsString(manifest));
        Files.writeString(folder.resolve("verdicts.json"), MAPPER.writeValueAsString(document));
        Files.writeString(folder.resolve("samples.jsonl"), samples);
        return folder;
    }

    /** Writes the pages that the browser tests open. */
    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[0]);
        for (int run = 1; run <= 12; run++) {
            int extra = run < 5 ? 0 : run == 9 ? 3 : 7; // worse, better, worse
            counted(run, extra).write(target.resolve("campaigns/run%02d".formatted(run)));
        }
        for (String name : List.of("rich", "hostile", "large", "dense")) {
            SyntheticResults results =
                    switch (name) {
                        case "rich" -> rich(64);
                        case "hostile" -> hostile();
                        case "large" -> large(60);
                        default -> rich(2_000, 1_000);
                    };
            Path folder = results.write(target.resolve(name));
            long begun = System.nanoTime();
            StoredCampaign campaign = StoredResults.read(folder);
            long read = System.nanoTime();
            String html = ReportPage.html(campaign);
            Files.writeString(folder.resolve("report.html"), html);
            long written = System.nanoTime();
            System.out.printf(
                    "%s: read %d ms, page %d ms, %d bytes%n",
                    name, (read - begun) / 1_000_000, (written - read) / 1_000_000, html.length());
        }
    }
}
