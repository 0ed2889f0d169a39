package org.feuerprobe.gate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.feuerprobe.archive.Archive;
import org.feuerprobe.archive.Archives;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.verdict.VerdictKind;
import tools.jackson.databind.json.JsonMapper;

/** A small campaign that {@link #write} turns into a results folder. */
final class WrittenCampaign {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final long TWIN = 20;

    final List<Map<String, Object>> rejected = new ArrayList<>();
    boolean identical = true;
    String compiler = "gcc 12";

    private final Path folder;
    private final int day;
    private final boolean exact;
    private final List<Map<String, Object>> verdicts = new ArrayList<>();
    private final StringBuilder samples = new StringBuilder();
    private final String metric = "instructions";

    /** A campaign of a day of March 2026, in a folder below this one. */
    WrittenCampaign(Path folder, int day, boolean exact) {
        this.folder = folder;
        this.day = day;
        this.exact = exact;
    }

    WrittenCampaign point(String benchmark, String itsMetric, long n, long... values) {
        List<Long> gross = new ArrayList<>();
        for (long value : values) {
            gross.add(value + TWIN);
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("operation", benchmark.replaceAll("/.*", ""));
        line.put("benchmark", benchmark);
        line.put("target", "qemu");
        line.put("metric", itsMetric);
        line.put("params", Map.of("N", n));
        line.put("boot", 0);
        line.put("seed", 7);
        line.put("batch", 1);
        line.put("samples", gross);
        line.put("twin", List.of(TWIN, TWIN));
        samples.append(MAPPER.writeValueAsString(line)).append('\n');
        return this;
    }

    WrittenCampaign point(String benchmark, long n, long... values) {
        return point(benchmark, metric, n, values);
    }

    WrittenCampaign verdict(String bound, VerdictKind kind, String reason) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bound", bound);
        fields.put("operation", "send");
        fields.put("claim", "O(N)");
        fields.put("kind", "documented");
        fields.put("metric", metric);
        fields.put("target", "qemu");
        fields.put("verdict", kind.name());
        fields.put("class", "O(N)");
        fields.put("confidence", 0.98);
        fields.put("certificate", false);
        fields.put("range", Map.of("N", List.of(1, 2)));
        fields.put("reason", reason);
        fields.put("source", Map.of("document", "d", "section", "s"));
        fields.put("evidence", List.of());
        verdicts.add(fields);
        return this;
    }

    LabelledCampaign write() throws Exception {
        Path place = place();
        Files.createDirectories(place);
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schema", 1);
        manifest.put("feuerprobe", "0.2.0");
        manifest.put("command", List.of("feuerprobe", "validate"));
        manifest.put("began", "2026-03-%02dT00:00:00Z".formatted(day));
        manifest.put("exact", exact);
        manifest.put("seconds", 1);
        manifest.put("target", "qemu");
        manifest.put("metric", metric);
        manifest.put(
                "kernel",
                Map.of(
                        "name",
                        "k",
                        "version",
                        "1",
                        "sha256",
                        "00" + day,
                        "build",
                        Map.of("compiler", compiler)));
        manifest.put("testbed", Map.of("cpu", "x"));
        manifest.put("seed", 7);
        manifest.put("boots", List.of(1));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("subject", "k");
        document.put("bounds", "b.yaml");
        document.put(
                "repetition",
                Map.of(
                        "seed",
                        7,
                        "identical",
                        identical,
                        "values",
                        4,
                        "difference",
                        identical ? "" : "send/short N=1: 5 and 6"));
        document.put("rejected", rejected);
        document.put("verdicts", verdicts);
        Files.writeString(place.resolve("manifest.json"), MAPPER.writeValueAsString(manifest));
        Files.writeString(place.resolve("verdicts.json"), MAPPER.writeValueAsString(document));
        Files.writeString(place.resolve("samples.jsonl"), samples);
        return CampaignHistory.side("day" + day, place);
    }

    private Path place() {
        return place(folder, day);
    }

    private static Path place(Path folder, int day) {
        return folder.resolve("day%02d".formatted(day));
    }

    /** A campaign together with those of these days before it. */
    static CampaignHistory history(Path folder, LabelledCampaign now, int... days)
            throws Exception {
        List<String> places = new ArrayList<>();
        for (int day : days) {
            places.add(place(folder, day).toString());
        }
        return CampaignHistory.read(places, now, "");
    }

    /** An archive with the campaigns of these days. */
    static String archive(Path folder, int... days) throws Exception {
        String place = folder.resolve("archive").toString();
        try (Archive archive = Archives.open(place)) {
            for (int day : days) {
                archive.add(place(folder, day));
            }
        }
        return place;
    }

    /** Nine values that vary by about 1. */
    static long[] about(double level, long seed) {
        Random random = new Random(seed);
        long[] values = new long[9];
        for (int i = 0; i < 9; i++) {
            values[i] = Math.round(level + random.nextGaussian());
        }
        return values;
    }
}
