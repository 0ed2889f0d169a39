package org.feuerprobe.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.sample.Measurement;

/**
 * Where does cost step while work stays? Sets counted instructions beside modelled misses over a
 * benchmark's one parameter, and beside where they begin what the caches' sizes predict: a cache
 * ends where its bytes, divided by the bytes that the kernel tells for each unit of the parameter,
 * do.
 */
public final class Regimes {
    /** Misses per call from which on a point counts as one with misses. */
    private static final double SOME = 0.05;

    /** What else is there (stack, code's data, the probe) takes up to this share of a cache. */
    private static final double ELSE = 1.0 / 16;

    private Regimes() {}

    /**
     * One sentence a benchmark and counter of misses; empty where there is nothing to say.
     *
     * @param plan of what was measured, for what its benchmarks tell
     * @param caches bytes of the cache whose misses a metric counts
     */
    public static String of(
            List<PlanEntry> plan,
            Map<String, Long> caches,
            List<Measurement> work,
            List<Measurement> counted) {
        Map<String, Long> each =
                plan.stream()
                        .map(PlanEntry::benchmark)
                        .distinct()
                        .filter(benchmark -> benchmark.parameters().size() == 1)
                        .collect(
                                Collectors.toMap(
                                        Benchmark::name, b -> b.parameters().getFirst().each()));
        Map<String, List<Measurement>> misses =
                counted.stream()
                        .filter(m -> m.metric().endsWith("_misses"))
                        .filter(m -> m.parameters().size() == 1)
                        .collect(
                                Collectors.groupingBy(
                                        Measurement::benchmark,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        StringBuilder text = new StringBuilder();
        misses.forEach((benchmark, points) -> {
            List<Measurement> same =
                    work.stream().filter(m -> m.benchmark().equals(benchmark)).toList();
            text.append(benchmark).append(": ").append(worked(same));
            points.stream()
                    .collect(
                            Collectors.groupingBy(
                                    Measurement::metric, LinkedHashMap::new, Collectors.toList()))
                    .forEach((metric, over) ->
                            text.append("\n    ")
                                    .append(
                                            steps(
                                                    metric,
                                                    over,
                                                    caches.getOrDefault(metric, 0L),
                                                    each.getOrDefault(benchmark, 0L))));
            text.append('\n');
        });
        return text.toString();
    }

    private static String worked(List<Measurement> work) {
        double least = work.stream().mapToDouble(m -> m.summary().min()).min().orElse(0);
        double most = work.stream().mapToDouble(m -> m.summary().max()).max().orElse(0);
        return least == most
                ? "O(1) in work, %s instructions at every point; regimes in cost:"
                        .formatted(Figures.number(least))
                : "%s to %s instructions; misses per call:"
                        .formatted(Figures.number(least), Figures.number(most));
    }

    private static String steps(String metric, List<Measurement> points, long cache, long each) {
        String parameter = points.getFirst().parameters().firstEntry().getKey();
        double largest = points.stream().mapToDouble(p -> p.summary().mean()).max().orElse(0);
        long last = value(points.getLast());
        int from = 0;
        while (from < points.size() && points.get(from).summary().mean() < SOME) {
            from++;
        }
        String found =
                from == points.size()
                        ? "none up to %s=%d".formatted(parameter, last)
                        : String.format(
                                Locale.ROOT,
                                "from %s=%d on, up to %.2f a call",
                                parameter,
                                value(points.get(from)),
                                largest);
        if (cache == 0 || each == 0) {
            return metric + ": " + found;
        }
        double predicted = (double) cache / each;
        boolean after = from == 0 || value(points.get(from - 1)) <= predicted;
        boolean before = from == points.size() || value(points.get(from)) >= predicted * (1 - ELSE);
        return String.format(
                Locale.ROOT,
                "%s: %s; the cache ends at %s=%,.0f (%,d bytes, %d for each): %s",
                metric,
                found,
                parameter,
                predicted,
                cache,
                each,
                after && before ? "as predicted" : "NOT where predicted");
    }

    private static long value(Measurement point) {
        return point.parameters().firstEntry().getValue();
    }
}
