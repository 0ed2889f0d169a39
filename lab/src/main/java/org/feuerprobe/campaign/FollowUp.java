package org.feuerprobe.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.verdict.Advice;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * The next round of a campaign, chosen so that undecided bounds get decided. For each of them it
 * measures the points that the verdict asks for, within the benchmark's range. If there are none,
 * it measures points between the known ones. If there are none either, it measures the same points
 * with more boots or samples, unless all values are equal.
 *
 * @param plan the plan, with the first unused seed
 * @param seeds number of boots, not counting the repetition
 */
record FollowUp(Plan plan, int seeds) {
    private static final int MOST_SEEDS = 8;
    private static final int MOST_SAMPLES = 4096;
    private static final int MOST_BETWEEN = 6;

    /** Chooses the next round; empty if no measurement would help. */
    static Optional<FollowUp> of(CampaignResult measured, List<BoundVerdict> verdicts) {
        return new Search(measured).follow(verdicts);
    }

    private static final class Search {
        private final CampaignResult measured;
        private final Map<Place, PlanEntry> entries = new LinkedHashMap<>();
        private int seeds = 1;

        private record Place(String benchmark, Map<String, Long> parameters) {}

        Search(CampaignResult measured) {
            this.measured = measured;
        }

        Optional<FollowUp> follow(List<BoundVerdict> verdicts) {
            for (BoundVerdict verdict : verdicts) {
                for (BoundVerdict.Evidence evidence : verdict.evidence()) {
                    Optional<Advice> advice = evidence.decision().advice();
                    if (evidence.decision().kind() == VerdictKind.INCONCLUSIVE
                            && advice.isPresent()) {
                        follow(evidence.benchmark(), verdict.metric(), advice.get());
                    }
                }
            }
            long next =
                    1
                            + measured.boots().stream()
                                    .mapToLong(CampaignResult.Boot::seed)
                                    .max()
                                    .orElse(0);
            return entries.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new FollowUp(new Plan(next, List.copyOf(entries.values())), seeds));
        }

        private void follow(String benchmark, String metric, Advice advice) {
            Map<Map<String, Long>, PlanEntry> last = new LinkedHashMap<>();
            measured.plan().entries().stream()
                    .filter(entry -> entry.benchmark().name().equals(benchmark))
                    .forEach(entry -> last.put(entry.parameters(), entry));
            List<PlanEntry> before = List.copyOf(last.values());
            if (before.isEmpty()) {
                return;
            }
            List<Measurement> counted =
                    measured.counted().stream()
                            .filter(m -> m.benchmark().equals(benchmark))
                            .filter(m -> m.metric().equals(metric))
                            .toList();
            List<Measurement> here =
                    !counted.isEmpty()
                            ? counted
                            : measured.measurements().stream()
                                    .filter(m -> m.benchmark().equals(benchmark))
                                    .toList();
            int boots = here.stream().mapToInt(m -> m.boots().size()).max().orElse(1);
            PlanEntry like = before.getFirst();
            List<SequencedMap<String, Long>> fresh =
                    advice.values() > 0 ? List.of() : fresh(like.benchmark(), before, advice);
            fresh.forEach(point ->
                    add(
                            new PlanEntry(
                                    like.benchmark(),
                                    point,
                                    like.samples(),
                                    like.warmup(),
                                    like.batch())));
            if (!fresh.isEmpty()) {
                seeds = Math.max(seeds, Math.min(MOST_SEEDS, boots));
            }
            boolean vary = here.stream().anyMatch(Search::varies);
            // Equal values of a clock are not certain: a claim that takes more values gets them.
            boolean wanted = advice.values() > 0 && advice.values() > values(here);
            if ((vary || wanted) && (fresh.isEmpty() || advice.boots() > boots)) {
                seeds = Math.max(seeds, Math.clamp(advice.boots() - boots, 1, MOST_SEEDS));
                before.forEach(entry -> add(withSamples(entry, samples(here, advice))));
            }
        }

        /**
         * Adds an entry. A point that several bounds need is measured once, with the largest number
         * of samples.
         */
        private void add(PlanEntry entry) {
            entries.merge(
                    new Place(entry.benchmark().name(), entry.parameters()),
                    entry,
                    (one, other) -> one.samples() >= other.samples() ? one : other);
        }

        /** Samples per boot that would provide the number of values that a point still lacks. */
        private int samples(List<Measurement> here, Advice advice) {
            long missing = Math.max(0, advice.values() - values(here));
            return (int) Math.min(MOST_SAMPLES, (missing + seeds - 1) / seeds);
        }

        /** Number of values at the point that has the fewest. */
        private static long values(List<Measurement> here) {
            return here.stream()
                    .mapToLong(m -> m.boots().stream().mapToLong(b -> b.operation().length).sum())
                    .min()
                    .orElse(0);
        }

        private static PlanEntry withSamples(PlanEntry entry, int samples) {
            return new PlanEntry(
                    entry.benchmark(),
                    entry.parameters(),
                    Math.max(entry.samples(), samples),
                    entry.warmup(),
                    entry.batch());
        }

        /** Whether values differ, so that more of them could show something new. */
        private static boolean varies(Measurement measurement) {
            double first = measurement.boots().getFirst().net()[0];
            return measurement.boots().stream()
                    .map(BootSamples::net)
                    .flatMapToDouble(Arrays::stream)
                    .anyMatch(value -> value != first);
        }

        private static List<SequencedMap<String, Long>> fresh(
                Benchmark benchmark, List<PlanEntry> before, Advice advice) {
            Set<Map<String, Long>> have = new LinkedHashSet<>();
            before.forEach(entry -> have.add(entry.parameters()));
            List<SequencedMap<String, Long>> fresh = new ArrayList<>();
            for (Map<String, Double> wanted : advice.points()) {
                Optional<SequencedMap<String, Long>> point = reachable(benchmark, wanted);
                if (point.isPresent() && have.add(point.get())) {
                    fresh.add(point.get());
                }
            }
            return fresh.isEmpty() ? between(benchmark, before, have) : fresh;
        }

        private static Optional<SequencedMap<String, Long>> reachable(
                Benchmark benchmark, Map<String, Double> wanted) {
            SequencedMap<String, Long> point = new LinkedHashMap<>();
            for (Benchmark.Parameter parameter : benchmark.parameters()) {
                Double value = wanted.get(parameter.name());
                if (value == null || value < parameter.min() || value > parameter.max()) {
                    return Optional.empty();
                }
                point.put(parameter.name(), Math.round(value));
            }
            return Optional.of(point);
        }

        /**
         * Points in the middle of the gaps between known points, from the largest on, and the
         * parameter's maximum if it was not measured.
         */
        private static List<SequencedMap<String, Long>> between(
                Benchmark benchmark, List<PlanEntry> before, Set<Map<String, Long>> have) {
            List<SequencedMap<String, Long>> points = new ArrayList<>();
            for (Benchmark.Parameter parameter : benchmark.parameters()) {
                TreeSet<Long> values = new TreeSet<>();
                before.forEach(entry -> values.add(entry.parameters().get(parameter.name())));
                for (long value : middles(values, parameter)) {
                    SequencedMap<String, Long> point =
                            new LinkedHashMap<>(before.getLast().parameters());
                    point.put(parameter.name(), value);
                    if (have.add(point)) {
                        points.add(point);
                    }
                }
            }
            return points;
        }

        private static List<Long> middles(
                NavigableSet<Long> values, Benchmark.Parameter parameter) {
            List<Long> middles = new ArrayList<>();
            if (values.last() < parameter.max()) {
                middles.add(parameter.max());
            }
            Long above = values.last();
            Long below = values.lower(above);
            while (below != null && middles.size() < MOST_BETWEEN) {
                long middle = Math.round(Math.sqrt((double) Math.max(1, below) * above));
                if (middle > below && middle < above) {
                    middles.add(middle);
                }
                above = below;
                below = values.lower(above);
            }
            return middles;
        }
    }
}
