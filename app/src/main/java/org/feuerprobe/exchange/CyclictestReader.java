package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.UnitOfTime;
import tools.jackson.databind.JsonNode;

/**
 * Reader of cyclictest's histograms, from {@code --json} or the text of {@code -h}: wake-up
 * latencies with one histogram per thread. Each thread counts as a boot. Values beyond the
 * histogram count as the largest value.
 */
final class CyclictestReader {
    private static final String NAME = "cyclictest";

    /** The first line of the histogram in cyclictest's text. */
    static final String HISTOGRAM = "# Histogram";

    private static final String LARGEST = "# Max Latencies:";
    private static final String BEYOND = "# Histogram Overflows:";

    private CyclictestReader() {}

    /** Reads the text of {@code -h}, with a column for each thread. */
    private static void text(String text, Gatherer gatherer) throws ForeignFormatException {
        List<Map<Double, Long>> threads = new ArrayList<>();
        List<String> largest = List.of();
        List<String> beyond = List.of();
        boolean within = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith(LARGEST)) {
                largest = words(line, LARGEST);
            } else if (line.startsWith(BEYOND)) {
                beyond = words(line, BEYOND);
            } else if (line.strip().equals(HISTOGRAM)) {
                within = true;
            } else if (line.startsWith("#")) {
                within = false;
            } else if (within && !line.isBlank()) {
                List<String> cells = words(line, "");
                double latency = ForeignNumber.of(cells.getFirst(), number);
                for (int i = 1; i < cells.size(); i++) {
                    while (threads.size() < i) {
                        threads.add(new TreeMap<>());
                    }
                    double count = ForeignNumber.of(cells.get(i), number);
                    threads.get(i - 1).put(latency, Histogram.count(count, "line " + number));
                }
            }
        }
        for (int i = 0; i < threads.size(); i++) {
            String where = "thread " + i;
            long over = i < beyond.size() ? (long) ForeignNumber.of(beyond.get(i), 0) : 0;
            if (over > 0 && i >= largest.size()) {
                throw new ForeignFormatException(
                        0,
                        "%s: %d values lie beyond the histogram, but the line '%s' is missing"
                                .formatted(where, over, LARGEST));
            }
            if (over > 0) {
                double most = ForeignNumber.of(largest.get(i), 0);
                merge(
                        threads.get(i),
                        over,
                        most,
                        UnitOfTime.MICROSECONDS.symbol(),
                        where,
                        gatherer);
            }
            add(threads.get(i), UnitOfTime.MICROSECONDS.symbol(), where, gatherer);
        }
    }

    private static List<String> words(String line, String behind) {
        return List.of(line.substring(behind.length()).strip().split("\\s+"));
    }

    private static void merge(
            Map<Double, Long> counts,
            long beyond,
            double largest,
            String unit,
            String where,
            Gatherer gatherer) {
        counts.merge(largest, beyond, Math::addExact);
        gatherer.note(
                NAME,
                "%s: %d values lie beyond the histogram; each counts as the largest, %s %s"
                        .formatted(where, beyond, Numbers.plain(largest), unit));
    }

    private static void add(Map<Double, Long> counts, String unit, String where, Gatherer gatherer)
            throws ForeignFormatException {
        double[] values = Histogram.values(counts, where);
        if (values.length > 0) {
            gatherer.add(NAME, unit, Map.of(), values);
        }
    }

    static void read(String text, Gatherer gatherer) throws ForeignFormatException {
        if (text.contains(HISTOGRAM)) {
            text(text, gatherer);
            return;
        }
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
            if (!histogram.isObject() || histogram.isEmpty()) {
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
                merge(counts, beyond, largest, unit, where, gatherer);
            }
            add(counts, unit, where, gatherer);
        }
    }
}
