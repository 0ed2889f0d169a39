package org.feuerprobe.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.feuerprobe.campaign.CampaignResult.Repetition;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.RegionCounts;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;

/** Collects measurements from the counts of the emulator's plugin. */
final class CountedRuns {
    private final String target;
    private final List<Plan> plans;
    private final List<RegionCounts> runs;
    private final Set<Counter> counters;
    private final List<Measurement> measurements = new ArrayList<>();

    CountedRuns(
            String target,
            List<Plan> plans,
            List<BootOutcome.Completed> outcomes,
            Set<Counter> counters) {
        this.target = target;
        this.plans = plans;
        this.runs = outcomes.stream().flatMap(outcome -> outcome.counts().stream()).toList();
        this.counters = runs.size() == plans.size() ? counters : Set.of();
    }

    /** Adds the measurements of one plan entry that are present in every boot. */
    void gather(int entry) {
        for (Counter counter : counters) {
            List<BootSamples> boots = new ArrayList<>();
            for (int boot = 0; boot < runs.size(); boot++) {
                if (boot != 1) { // the repetition, as for the clock
                    samples(boot, entry, counter).ifPresent(boots::add);
                }
            }
            if (boots.size() == runs.size() - 1) {
                PlanEntry planned = plans.getFirst().entries().get(entry);
                measurements.add(
                        new Measurement(
                                planned.benchmark().operation(),
                                planned.benchmark().name(),
                                target,
                                counter.metric(),
                                planned.parameters(),
                                boots));
            }
        }
    }

    private Optional<BootSamples> samples(int boot, int entry, Counter counter) {
        PlanEntry planned = plans.get(boot).entries().get(entry);
        Optional<long[]> operation = values(boot, entry, counter, 0);
        Optional<long[]> twin = values(boot, entry, counter, 1);
        return operation.isEmpty() || twin.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new BootSamples(
                                boot,
                                plans.get(boot).seed(),
                                planned.batch(),
                                operation.get(),
                                counter.largest() ? new long[twin.get().length] : twin.get()));
    }

    private Optional<long[]> values(int boot, int entry, Counter counter, int stream) {
        PlanEntry planned = plans.get(boot).entries().get(entry);
        return runs.get(boot)
                .values(
                        entry,
                        counter,
                        stream,
                        planned.warmup(),
                        planned.samples(),
                        planned.batch());
    }

    /** Extends the clock's repetition check by the plugin's counts, but of lost entries. */
    Repetition compare(Repetition clock, IntPredicate lost) {
        if (!clock.identical()) {
            return clock;
        }
        long values = clock.values();
        for (Counter counter : counters) {
            for (int entry = 0; entry < plans.getFirst().entries().size(); entry++) {
                if (lost.test(entry)) {
                    continue;
                }
                for (int stream = 0; stream < 2; stream++) {
                    Optional<long[]> first = values(0, entry, counter, stream);
                    Optional<long[]> second = values(1, entry, counter, stream);
                    if (!Arrays.equals(first.orElse(null), second.orElse(null))) {
                        PlanEntry planned = plans.getFirst().entries().get(entry);
                        return new Repetition(
                                clock.seed(),
                                values,
                                "%s of %s %s differ"
                                        .formatted(
                                                counter.metric(),
                                                planned.benchmark().name(),
                                                planned.parameters()));
                    }
                    values += first.map(array -> (long) array.length).orElse(0L);
                }
            }
        }
        return new Repetition(clock.seed(), values, "", clock.recorded());
    }

    List<Measurement> measurements() {
        return measurements;
    }
}
