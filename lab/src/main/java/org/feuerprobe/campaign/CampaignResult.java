package org.feuerprobe.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.fitness.BootTrust;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.fitness.SeriesTrust;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.ProbeRecord;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;

/**
 * Everything that a campaign measured.
 *
 * @param plan plan of the first boot; the other boots differ in the seed
 * @param measurements values of the entries whose effect was verified in every boot
 * @param rejected entries without samples, with the reason
 * @param exact whether the metric should repeat exactly and the repetition confirmed it
 * @param counted further metrics, one measurement per metric and point: counts of the emulator's
 *     plugin, memory peaks, or times computed from the clock's ticks
 * @param sources trust in the source of figures, found before or while measuring; what each boot
 *     reported of its own clock comes on top
 */
public record CampaignResult(
        ProbeRecord.Kernel kernel,
        Plan plan,
        List<Boot> boots,
        Repetition repetition,
        List<Measurement> measurements,
        List<Rejected> rejected,
        boolean exact,
        List<Measurement> counted,
        List<SeriesTrust> sources) {
    public CampaignResult(
            ProbeRecord.Kernel kernel,
            Plan plan,
            List<Boot> boots,
            Repetition repetition,
            List<Measurement> measurements,
            List<Rejected> rejected,
            boolean exact) {
        this(kernel, plan, boots, repetition, measurements, rejected, exact, List.of(), List.of());
    }

    /**
     * One boot of a campaign.
     *
     * @param calibration raw values of the measurement with nothing between its two reads
     * @param clock whether the clock was trustworthy in this boot; empty if the kernel reported no
     *     calibration
     */
    public record Boot(
            int number,
            long seed,
            Duration took,
            long ticks,
            long[] calibration,
            Optional<ClockFitness> clock) {
        public Boot(int number, long seed, Duration took, long ticks, long[] calibration) {
            this(number, seed, took, ticks, calibration, Optional.empty());
        }

        /** Trust in what the clock timed in this boot. */
        public BootTrust trust() {
            return new BootTrust(
                    number, clock.map(ClockFitness::trust).orElseGet(ClockFitness::unreported));
        }
    }

    /**
     * Whether a second boot with the same plan and seed gave the same values.
     *
     * @param values number of values compared
     * @param difference description of the first difference; empty if there is none
     * @param recorded whether the two boots come from one recording, which cannot be booted again
     */
    public record Repetition(long seed, long values, String difference, boolean recorded) {
        public Repetition(long seed, long values, String difference) {
            this(seed, values, difference, false);
        }

        public boolean identical() {
            return difference.isEmpty();
        }

        /** Whether the boots had anything to compare. */
        public boolean compared() {
            return values > 0 || !identical();
        }
    }

    /** A plan entry without samples, with the reason. */
    public record Rejected(
            String operation, String benchmark, Map<String, Long> parameters, String reason) {
        @Override
        public String toString() {
            return (benchmark + " " + Numbers.point(parameters)).strip() + ": " + reason;
        }
    }

    /** The measurements, followed by those of the further metrics. */
    public List<Measurement> all() {
        return Stream.concat(measurements.stream(), counted.stream()).toList();
    }

    /** The first reason for each operation that has a rejected entry. */
    public Map<String, String> failures() {
        return rejected.stream()
                .collect(
                        Collectors.toMap(
                                Rejected::operation, Rejected::toString, (first, _) -> first));
    }

    /** The same boots, with only the measurements that the predicates accept. */
    public CampaignResult keeping(
            Predicate<Measurement> measured, Predicate<Measurement> alsoCounted) {
        return with(
                measurements.stream().filter(measured).toList(),
                counted.stream().filter(alsoCounted).toList());
    }

    /** The same boots with other measurements. */
    public CampaignResult with(List<Measurement> measured, List<Measurement> alsoCounted) {
        return new CampaignResult(
                kernel, plan, boots, repetition, measured, rejected, exact, alsoCounted, sources);
    }

    /** The same measurements, and the reason why a further plan gave none. */
    CampaignResult losing(Plan further, String reason) {
        List<Rejected> all = new ArrayList<>(rejected);
        further.entries().stream()
                .map(PlanEntry::benchmark)
                .distinct()
                .forEach(benchmark ->
                        all.add(
                                new Rejected(
                                        benchmark.operation(),
                                        benchmark.name(),
                                        Map.of(),
                                        reason)));
        return new CampaignResult(
                kernel, plan, boots, repetition, measurements, all, exact, counted, sources);
    }

    /** The same measurements with the trust in the source of one target's metric. */
    public CampaignResult from(String target, String metric, Trust source) {
        return new CampaignResult(
                kernel,
                plan,
                boots,
                repetition,
                measurements,
                rejected,
                exact,
                counted,
                Stream.concat(sources.stream(), Stream.of(new SeriesTrust(target, metric, source)))
                        .toList());
    }

    /** Trust in each target and metric that was measured. */
    public List<SeriesTrust> trust() {
        return SeriesTrust.of(all(), boots.stream().map(Boot::trust).toList(), sources);
    }

    /**
     * This result, and what another target measured of the same code. Only this one decides whether
     * values repeat.
     */
    public CampaignResult joinedWith(CampaignResult other) {
        return JoinedResults.join(this, other);
    }

    /** Combines this result and another one of the same kernel. */
    public CampaignResult and(CampaignResult more) {
        return JoinedResults.of(this, more);
    }
}
