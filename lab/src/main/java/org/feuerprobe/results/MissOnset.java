package org.feuerprobe.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.feuerprobe.json.Json;
import org.feuerprobe.sample.Numbers;

/**
 * Where a benchmark's misses in one cache begin, and where they should begin.
 *
 * @param metric the counted misses, such as {@code l1d_misses}
 * @param parameter the parameter that varies; {@code last} is its largest tested value
 * @param work smallest and largest number of instructions over all points
 * @param from first value with misses; empty if no value has any
 * @param before the tested value before {@code from}, or the last if no value has misses; empty if
 *     the first has misses
 * @param most largest number of misses per call
 * @param cache size of the cache in bytes; 0 if unknown
 * @param each bytes for each unit of the parameter; 0 if the kernel does not report them
 */
public record MissOnset(
        String benchmark,
        String target,
        String metric,
        String parameter,
        long last,
        Work work,
        OptionalLong from,
        OptionalLong before,
        double most,
        long cache,
        long each) {
    /** Share of a cache that other data (stack, the code's data, the probe) may take. */
    private static final double ELSE = 1.0 / 16;

    /** Instructions per call. */
    public record Work(double least, double most) {
        String text() {
            return least == most
                    ? "O(1) in work, %s instructions at every point; regimes in cost:"
                            .formatted(Numbers.grouped(least))
                    : "%s to %s instructions; misses per call:"
                            .formatted(Numbers.grouped(least), Numbers.grouped(most));
        }
    }

    /** The value at which the cache is full; empty if that is not known. */
    public OptionalDouble predicted() {
        return cache == 0 || each == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) cache / each);
    }

    /** Whether misses begin between the two tested values that enclose the prediction. */
    boolean asPredicted(double end) {
        return (before.isEmpty() || before.getAsLong() <= end)
                && (from.isEmpty() || from.getAsLong() >= end * (1 - ELSE));
    }

    /** Where misses begin, and where they should. */
    public String steps() {
        String found =
                from.isEmpty()
                        ? "none up to %s=%d".formatted(parameter, last)
                        : String.format(
                                Locale.ROOT,
                                "from %s=%d on, up to %.2f a call",
                                parameter,
                                from.getAsLong(),
                                most);
        if (predicted().isEmpty()) {
            return metric + ": " + found;
        }
        double end = predicted().getAsDouble();
        if (from.isEmpty() && asPredicted(end)) {
            return String.format(
                    Locale.ROOT,
                    "%s: none; the table never leaves this cache (%s=%,d x %d bytes = %,d bytes; it ends at %s=%,.0f); model a smaller one, such as --caches %s=%d/8/64",
                    metric,
                    parameter,
                    last,
                    each,
                    last * each,
                    parameter,
                    end,
                    metric.replace("_misses", ""),
                    smaller());
        }
        return String.format(
                Locale.ROOT,
                "%s: %s; the cache ends at %s=%,.0f (%,d bytes, %d for each): %s",
                metric,
                found,
                parameter,
                end,
                cache,
                each,
                asPredicted(end) ? "as predicted" : "NOT where predicted");
    }

    /** Size in KiB of a cache that the table outgrows in the middle of the tested range. */
    private long smaller() {
        return Math.max(1, Long.highestOneBit(last * each / 4 / 1024));
    }

    /** Work and misses in a sentence. */
    public String sentence() {
        return work.text() + " " + steps() + ".";
    }

    boolean speaksOf(StoredSeries series) {
        return benchmark.equals(series.benchmark())
                && target.equals(series.target())
                && metric.equals(series.metric());
    }

    /** The same onset for a target with another name. */
    MissOnset onTarget(String other) {
        return new MissOnset(
                benchmark, other, metric, parameter, last, work, from, before, most, cache, each);
    }

    Map<String, Object> document() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("benchmark", benchmark);
        fields.put("target", target);
        fields.put("metric", metric);
        fields.put("parameter", parameter);
        fields.put("last", last);
        fields.put("instructions", List.of(work.least(), work.most()));
        fields.put("from", from.isPresent() ? from.getAsLong() : null);
        fields.put("before", before.isPresent() ? before.getAsLong() : null);
        fields.put("most", most);
        fields.put("cache_bytes", cache);
        fields.put("bytes_each", each);
        fields.put("text", sentence());
        return fields;
    }

    static MissOnset read(Json node) {
        Json work = node.at("instructions");
        return new MissOnset(
                node.name("benchmark"),
                node.name("target"),
                node.name("metric"),
                node.name("parameter"),
                node.whole("last"),
                new Work(work.at(0).number(), work.at(1).number()),
                whole(node.at("from")),
                whole(node.at("before")),
                node.number("most"),
                Math.max(0, node.whole("cache_bytes")),
                Math.max(0, node.whole("bytes_each")));
    }

    private static OptionalLong whole(Json node) {
        return node.isNumber() ? OptionalLong.of(node.whole()) : OptionalLong.empty();
    }
}
