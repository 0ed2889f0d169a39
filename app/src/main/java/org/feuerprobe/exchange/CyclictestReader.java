package org.feuerprobe.exchange;

import java.util.Map;
import java.util.TreeMap;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.UnitOfTime;
import tools.jackson.databind.JsonNode;

/**
 * Reader of cyclictest's {@code --json}: wake-up latencies as one histogram per thread. Each thread
 * counts as a boot. Values beyond the histogram count as the largest value.
 */
final class CyclictestReader {
    private CyclictestReader() {}

    static void read(String text, Gatherer gatherer) throws ForeignFormatException {
        JsonNode root = ForeignJson.parse(text);
        if (!root.path("thread").isObject()) {
            throw new ForeignFormatException(0, "no object 'thread': not cyclictest's JSON");
        }
        String unit =
                root.path("resolution_in_ns").asInt(0) == 1
                        ? UnitOfTime.NANOSECONDS.symbol()
                        : UnitOfTime.MICROSECONDS.symbol();
        for (Map.Entry<String, JsonNode> thread : root.path("thread").properties()) {
            String where = "thread " + thread.getKey();
            JsonNode histogram = thread.getValue().path("histogram");
            if (!histogram.isObject()) {
                throw new ForeignFormatException(
                        0, where + ": no histogram: run cyclictest with -h");
            }
            Map<Double, Long> counts = new TreeMap<>();
            long seen = 0;
            for (Map.Entry<String, JsonNode> entry : histogram.properties()) {
                long count = ForeignJson.count(entry.getValue(), where);
                counts.put(ForeignNumber.of(entry.getKey(), 0), count);
                seen += count;
            }
            long beyond = thread.getValue().path("cycles").asLong(seen) - seen;
            if (beyond > 0) {
                double largest = ForeignJson.number(thread.getValue().path("max"), where + ": max");
                counts.merge(largest, beyond, Math::addExact);
                gatherer.note(
                        "cyclictest",
                        "%s: %d values lie beyond the histogram; each counts as the largest, %s %s"
                                .formatted(where, beyond, Numbers.plain(largest), unit));
            }
            if (seen + Math.max(beyond, 0) > 0) {
                gatherer.add("cyclictest", unit, Map.of(), Histogram.values(counts, where));
            }
        }
    }
}
