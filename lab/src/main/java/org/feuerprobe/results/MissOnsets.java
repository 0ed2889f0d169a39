package org.feuerprobe.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.sample.Measurement;

/**
 * Finds where cache misses begin although the work stays the same. It compares counted instructions
 * with modelled misses over a benchmark's one parameter. The predicted onset is the size of the
 * cache, divided by the bytes that the kernel reports for each unit of the parameter.
 */
public final class MissOnsets {
    /** A point has misses if a call has at least this many. */
    private static final double SOME = 0.05;

    private MissOnsets() {}

    /** The onsets of a campaign. */
    public static List<MissOnset> of(CampaignResult result, Map<String, Long> caches) {
        return of(result.plan().entries(), caches, result.measurements(), result.counted());
    }

    /**
     * One onset for each counter of misses and each benchmark with one parameter.
     *
     * @param plan plan of the campaign, which holds what the kernel reports of its benchmarks
     * @param caches bytes of the cache whose misses a metric counts
     */
    static List<MissOnset> of(
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
        List<MissOnset> regimes = new ArrayList<>();
        counted.stream()
                .filter(m -> m.metric().endsWith("_misses"))
                .filter(m -> m.parameters().size() == 1)
                .collect(
                        Collectors.groupingBy(
                                m -> List.of(m.benchmark(), m.metric()),
                                LinkedHashMap::new,
                                Collectors.toList()))
                .forEach((_, points) -> {
                    Measurement first = points.getFirst();
                    regimes.add(
                            of(
                                    points,
                                    worked(work, first.benchmark()),
                                    caches.getOrDefault(first.metric(), 0L),
                                    each.getOrDefault(first.benchmark(), 0L)));
                });
        return regimes;
    }

    /** A paragraph for each benchmark; empty if there is no onset. */
    public static String text(List<MissOnset> regimes) {
        StringBuilder text = new StringBuilder();
        regimes.stream()
                .collect(
                        Collectors.groupingBy(
                                MissOnset::benchmark, LinkedHashMap::new, Collectors.toList()))
                .forEach((benchmark, all) -> {
                    text.append(benchmark).append(": ").append(all.getFirst().work().text());
                    all.forEach(regime -> text.append("\n    ").append(regime.steps()));
                    text.append('\n');
                });
        return text.toString();
    }

    private static MissOnset.Work worked(List<Measurement> work, String benchmark) {
        List<Measurement> same =
                work.stream().filter(m -> m.benchmark().equals(benchmark)).toList();
        return new MissOnset.Work(
                same.stream().mapToDouble(m -> m.summary().min()).min().orElse(0),
                same.stream().mapToDouble(m -> m.summary().max()).max().orElse(0));
    }

    private static MissOnset of(
            List<Measurement> points, MissOnset.Work work, long cache, long each) {
        Measurement first = points.getFirst();
        int from = 0;
        while (from < points.size() && points.get(from).summary().mean() < SOME) {
            from++;
        }
        return new MissOnset(
                first.benchmark(),
                first.target(),
                first.metric(),
                first.parameters().firstEntry().getKey(),
                value(points.getLast()),
                work,
                from == points.size()
                        ? OptionalLong.empty()
                        : OptionalLong.of(value(points.get(from))),
                from == 0 ? OptionalLong.empty() : OptionalLong.of(value(points.get(from - 1))),
                points.stream().mapToDouble(p -> p.summary().mean()).max().orElse(0),
                cache,
                each);
    }

    private static long value(Measurement point) {
        return point.parameters().firstEntry().getValue();
    }
}
