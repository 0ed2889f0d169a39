package org.feuerprobe.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.sample.DataSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Google Benchmark's JSON. {@code BM_sort/1024} is benchmark {@code BM_sort} at {@code n} = 1024,
 * {@code BM_copy/size:64/threads:2} names its arguments; a second unnamed argument is {@code n2}.
 * Repetitions are boots; aggregates and complexity fits are left out, since they are no values.
 */
final class GoogleBenchmarkReader {
    private GoogleBenchmarkReader() {}

    static List<DataSet> read(String text) throws ForeignFormatException {
        JsonNode root;
        try {
            root = JsonMapper.builder().build().readTree(text);
        } catch (JacksonException e) {
            throw new ForeignFormatException(
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(), "not JSON");
        }
        if (!root.path("benchmarks").isArray()) {
            throw new ForeignFormatException(
                    0, "no list 'benchmarks': not Google Benchmark's JSON");
        }
        Gatherer gatherer = new Gatherer();
        for (JsonNode entry : root.path("benchmarks")) {
            boolean value =
                    entry.path("run_type").asString("iteration").equals("iteration")
                            && !entry.path("error_occurred").asBoolean(false)
                            && entry.path("real_time").isNumber();
            if (value) {
                add(gatherer, entry);
            }
        }
        return gatherer.sets();
    }

    private static void add(Gatherer gatherer, JsonNode entry) throws ForeignFormatException {
        String full = entry.path("run_name").asString(entry.path("name").asString(""));
        Map<String, Double> at = new LinkedHashMap<>();
        StringBuilder name = new StringBuilder();
        int unnamed = 0;
        for (String part : full.split("/", -1)) {
            int colon = part.lastIndexOf(':');
            String number = part.substring(colon + 1);
            boolean argument =
                    !name.isEmpty() && number.matches("-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?");
            if (argument) {
                unnamed += colon < 0 ? 1 : 0;
                String parameter =
                        colon > 0 ? part.substring(0, colon) : unnamed == 1 ? "n" : "n" + unnamed;
                at.put(parameter, Double.parseDouble(number));
            } else {
                name.append(name.isEmpty() ? "" : "/").append(part);
            }
        }
        double time =
                entry.path("real_time").asDouble(0) * nanos(entry.path("time_unit").asString("ns"));
        if (!Double.isFinite(time)) {
            throw new ForeignFormatException(0, full + ": real_time is no finite number");
        }
        gatherer.add(name.toString(), "ns", at, new double[] {time});
    }

    private static double nanos(String unit) throws ForeignFormatException {
        return switch (unit) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            default ->
                    throw new ForeignFormatException(
                            0,
                            "time_unit '" + Gatherer.shortened(unit) + "', want ns, us, ms or s");
        };
    }
}
