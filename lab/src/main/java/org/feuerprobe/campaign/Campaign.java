package org.feuerprobe.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.feuerprobe.campaign.CampaignResult.Boot;
import org.feuerprobe.campaign.CampaignResult.Rejected;
import org.feuerprobe.campaign.CampaignResult.Repetition;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;

/**
 * One run of a plan on a target: a boot for each seed, and one that repeats the first seed, because
 * counts that do not repeat prove nothing. Up to {@code parallel} boots of an exact target run at
 * the same time. What a failed boot had finished is kept, and the entries that it did not finish
 * are rejected with the failure as the reason. A failed boot without samples ends the campaign.
 */
public final class Campaign {
    private static final int STREAM_OPERATION = 0;
    private static final int STREAM_TWIN = 1;

    private final Target target;
    private final int parallel;
    private final Set<Counter> counters;

    public Campaign(Target target, int parallel) {
        this(target, parallel, Set.of());
    }

    /**
     * As above, and keeps the values of these counters if the target runs with the emulator's
     * plugin.
     */
    public Campaign(Target target, int parallel, Set<Counter> counters) {
        this.target = target;
        this.parallel = target.exact() ? parallel : 1; // timed boots would disturb each other
        this.counters = new TreeSet<>(counters);
    }

    /** The benchmarks that the target offers; costs one boot. */
    public List<Benchmark> catalogue() throws CampaignException, InterruptedException {
        BootOutcome outcome = target.boot(Plan.catalogue(), 0, Target.Progress.none());
        return outcome instanceof BootOutcome.Failed failed && failed.finished().isPresent()
                ? failed.finished().get().run().benchmarks()
                : BootPool.completedOr(0, outcome).run().benchmarks();
    }

    /** Whether the target can boot again; a recording cannot. */
    boolean canBootAgain() {
        return target.distinctBoots() == Integer.MAX_VALUE;
    }

    /**
     * Runs {@code seeds} boots, whose seeds follow the plan's, and the repetition. A recording
     * gives all boots that it holds, because leaving some out would lose evidence and gain no time.
     */
    public CampaignResult run(Plan wanted, int seeds, CampaignProgress progress)
            throws CampaignException, InterruptedException {
        List<Plan> plans = plans(wanted, seeds);
        progress.begin(plans.size(), plans.getFirst().entries().size());
        BootOutcome[] outcomes = new BootOutcome[plans.size()];
        new BootPool(parallel)
                .each(
                        boots(plans),
                        progress,
                        (i, boot, outcome) ->
                                outcomes[i] =
                                        LostEntries.hasSamples(outcome)
                                                ? outcome
                                                : BootPool.completedOr(boot.number(), outcome));
        return gather(plans, Arrays.asList(outcomes));
    }

    /** The plan of each boot that {@link #run} boots, by the boot's number. */
    public List<Plan> plans(Plan wanted, int seeds) throws InterruptedException {
        Plan plan = target.adapt(wanted);
        List<Plan> plans = new ArrayList<>(List.of(plan, plan));
        int boots = canBootAgain() ? seeds : target.distinctBoots();
        for (int i = 1; i < boots; i++) {
            plans.add(plan.withSeed(plan.seed() + i));
        }
        return plans;
    }

    /** These plans as boots of this campaign's target. */
    public List<BootPool.Boot> boots(List<Plan> plans) {
        return IntStream.range(0, plans.size())
                .mapToObj(number -> new BootPool.Boot(target, plans.get(number), number))
                .toList();
    }

    private CampaignResult gather(List<Plan> plans, List<BootOutcome> booted) {
        Plan plan = plans.getFirst();
        LostEntries lost = new LostEntries(plan, booted);
        List<BootOutcome.Completed> outcomes = booted.stream().map(LostEntries::finished).toList();
        List<ProbeRun> runs = outcomes.stream().map(BootOutcome.Completed::run).toList();
        List<Measurement> measurements = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        MemoryPeaks memory = new MemoryPeaks(target.name(), plans, runs);
        CountedRuns counted = new CountedRuns(target.name(), plans, outcomes, counters);
        for (int i = 0; i < plan.entries().size(); i++) {
            if (lost.has(i)) {
                continue;
            }
            PlanEntry entry = plan.entries().get(i);
            int index = i;
            List<String> reasons =
                    runs.stream()
                            .map(run -> run.entries().get(index))
                            .filter(outcome -> !outcome.verified())
                            .map(outcome ->
                                    outcome.result().status().meaning()
                                            + (outcome.result().message().isEmpty()
                                                    ? ""
                                                    : ": " + outcome.result().message()))
                            .toList();
            if (reasons.isEmpty()) {
                measurements.add(measurement(entry, plans, runs, index));
                counted.gather(index);
                memory.gather(entry, index);
            } else {
                rejected.add(
                        new Rejected(
                                entry.benchmark().operation(),
                                entry.benchmark().name(),
                                entry.parameters(),
                                reasons.getFirst()));
            }
        }
        counted.measurements().addAll(memory.measurements());
        rejected.addAll(lost.rejected());
        if (!counters.isEmpty() && outcomes.stream().anyMatch(done -> done.counts().isEmpty())) {
            rejected.addAll(lost.uncounted());
        }
        Repetition repetition = counted.compare(repetition(plan, runs), lost::has);
        return new CampaignResult(
                runs.getFirst().kernel(),
                plan,
                boots(plans, outcomes),
                repetition,
                measurements,
                rejected,
                repetition.identical()
                        && (canBootAgain()
                                ? target.exact()
                                : target.recordsCounts() && repetition.compared()),
                counted.measurements(),
                List.of());
    }

    private Measurement measurement(
            PlanEntry entry, List<Plan> plans, List<ProbeRun> runs, int index) {
        Quantity reading = plans.getFirst().reading();
        List<BootSamples> boots = new ArrayList<>();
        for (int boot = 0; boot < runs.size(); boot++) {
            if (boot != 1) { // the repetition only proves that counts repeat: it is no further
                // evidence
                boots.add(samples(runs.get(boot), index, boot, plans.get(boot).seed()));
            }
        }
        return new Measurement(
                entry.benchmark().operation(),
                entry.benchmark().name(),
                target.name(),
                reading == Quantity.CLOCK ? target.metric() : reading.metric(),
                entry.parameters(),
                boots);
    }

    private static BootSamples samples(ProbeRun run, int index, int boot, long seed) {
        ProbeRun.Entry entry = run.entries().get(index);
        Map<Integer, long[]> streams = entry.streams();
        return new BootSamples(
                boot,
                seed,
                entry.batch(),
                streams.getOrDefault(STREAM_OPERATION, new long[0]),
                streams.getOrDefault(STREAM_TWIN, new long[0]));
    }

    /**
     * Compares the repetition with the first boot. A recording cannot be booted again, so its other
     * boots are compared with its first one.
     */
    private Repetition repetition(Plan plan, List<ProbeRun> runs) {
        if (canBootAgain()) {
            return compare(plan, runs.get(0), runs.get(1));
        }
        long values = 0;
        for (ProbeRun other : runs.subList(2, runs.size())) {
            Repetition recorded = compare(plan, runs.getFirst(), other);
            values += recorded.values();
            if (!recorded.identical()) {
                return new Repetition(plan.seed(), values, recorded.difference(), true);
            }
        }
        return new Repetition(plan.seed(), values, "", true);
    }

    private static Repetition compare(Plan plan, ProbeRun first, ProbeRun second) {
        long values = 0;
        for (int i = 0; i < plan.entries().size(); i++) {
            boolean verified = first.entries().get(i).verified();
            if (first.entries().get(i).wasLost() || second.entries().get(i).wasLost()) {
                continue;
            }
            if (verified != second.entries().get(i).verified()) {
                return new Repetition(
                        plan.seed(), values, difference(plan.entries().get(i), "result"));
            }
            if (verified) {
                BootSamples a = samples(first, i, 0, plan.seed());
                BootSamples b = samples(second, i, 1, plan.seed());
                if (!a.sameValues(b)) {
                    return new Repetition(
                            plan.seed(), values, difference(plan.entries().get(i), "values"));
                }
                values += a.operation().length + a.twin().length;
            }
        }
        return new Repetition(plan.seed(), values, "");
    }

    private static String difference(PlanEntry entry, String what) {
        return "%s of %s %s differ"
                .formatted(what, entry.benchmark().name(), Numbers.point(entry.parameters()));
    }

    private static List<Boot> boots(List<Plan> plans, List<BootOutcome.Completed> outcomes) {
        List<Boot> boots = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            ProbeRun run = outcomes.get(i).run();
            boots.add(
                    new Boot(
                            i,
                            plans.get(i).seed(),
                            outcomes.get(i).took(),
                            run.end().ticks(),
                            run.calibration(),
                            run.calibration().length == 0
                                    ? Optional.empty()
                                    : Optional.of(
                                            ClockFitness.of(run.calibration(), run.clock()))));
        }
        return boots;
    }
}
