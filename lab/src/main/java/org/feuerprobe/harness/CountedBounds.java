package org.feuerprobe.harness;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.guest.Target;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.UnitOfTime;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.Judge;

/**
 * Bounds on what the emulator's plugin counts, such as crossings or loads. Deciding them requires
 * extra boots with the plugin. Only the operations that these bounds name are measured, and without
 * such a bound no extra boot happens.
 *
 * @param bounds empty if the target cannot count with the plugin; its own judge then says why
 */
public record CountedBounds(List<Bound> bounds, OpenTarget opened, TargetChoice choice) {
    private static final List<String> CLOCKS =
            List.of(
                    Metric.CYCLES.name(),
                    UnitOfTime.NANOSECONDS.symbol(),
                    UnitOfTime.MICROSECONDS.symbol(),
                    UnitOfTime.MILLISECONDS.symbol(),
                    UnitOfTime.SECONDS.symbol(),
                    Metric.BYTES.name());

    /** The chosen bounds that need the plugin. */
    static CountedBounds of(List<Bound> chosen, OpenTarget opened, TargetChoice choice) {
        List<Bound> counted =
                chosen.stream()
                        .filter(bound -> counter(bound).isPresent())
                        .filter(bound -> !bound.claim().unit().equals(opened.target().metric()))
                        .toList();
        ForeignKernel foreign = new ForeignKernel(choice);
        return new CountedBounds(
                counted.stream()
                        .filter(_ -> opened.target().exact())
                        .filter(bound ->
                                choice.kind() != TargetKind.IMAGE
                                        || foreign.counts(counter(bound).orElseThrow()))
                        .toList(),
                opened,
                choice);
    }

    private static Optional<Counter> counter(Bound bound) {
        return Counter.of(bound.claim().unit());
    }

    /** All units of claims: those of clocks and counters, and this unit of a recorded clock. */
    public static Set<String> units(String unit) {
        Set<String> units = new HashSet<>(CLOCKS);
        Counter.ALL.forEach(counter -> units.add(counter.metric()));
        Arrays.stream(PerfEvent.values()).forEach(event -> units.add(event.metric()));
        units.add(unit);
        return units;
    }

    boolean isEmpty() {
        return bounds.isEmpty();
    }

    /** Whether one of the bounds needs modelled caches. */
    boolean modelled() {
        return bounds.stream()
                .flatMap(bound -> counter(bound).stream())
                .anyMatch(Counter::modelled);
    }

    CacheGeometry geometry() {
        return choice.geometry();
    }

    /** A campaign on the same target with the plugin. */
    Campaign campaign(int parallel) throws LabException, InterruptedException {
        return campaign(parallel, Substitution.none());
    }

    /** The same on another target that boots in its place. */
    Campaign campaign(int parallel, Substitution substitution)
            throws LabException, InterruptedException {
        Set<Counter> counters =
                bounds.stream()
                        .flatMap(bound -> counter(bound).stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        try {
            Target counting =
                    opened.target().takesPlan()
                            ? new EmulatedKernel(choice, opened.image())
                                    .target(EnumSet.allOf(Counter.class))
                            : new ForeignKernel(choice).open(counters).target();
            return new Campaign(
                    substitution.of(Substitution.Reading.PLUGIN, counting), parallel, counters);
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The verdict on one of the bounds. Misses repeat exactly, as all counts do. But which access
     * misses is a matter of chance, so no exact law is fitted to their growth.
     */
    BoundVerdict judge(Bound bound, CampaignResult result) {
        Counter counter = counter(bound).orElseThrow();
        Judge judge =
                new Judge(
                        opened.target().name(),
                        counter.metric(),
                        result.exact()
                                && !(counter.modelled()
                                        && bound.claim() instanceof Claim.Asymptotic),
                        result.counted().stream()
                                .filter(m -> m.metric().equals(counter.metric()))
                                .toList(),
                        result.failures());
        return (counter.modelled() ? judge.withModel(geometry().describe(counter.metric())) : judge)
                .judge(bound);
    }

    /** The clock's measurements, and the counts that a bound asks for. */
    CampaignResult withCounts(CampaignResult clock, CampaignResult counts) {
        Set<String> timed =
                clock.measurements().stream()
                        .map(Measurement::benchmark)
                        .collect(Collectors.toSet());
        return clock.and(asked(counts).keeping(m -> !timed.contains(m.benchmark()), _ -> true));
    }

    /** Only the counts that a bound of their operation names. */
    CampaignResult asked(CampaignResult counts) {
        return counts.keeping(
                _ -> true,
                m ->
                        bounds.stream()
                                .filter(bound -> bound.claim().unit().equals(m.metric()))
                                .anyMatch(bound ->
                                        Bound.operations(List.of(bound)).contains(m.operation())));
    }
}
