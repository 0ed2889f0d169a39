package org.feuerprobe.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ClockFitness;
import org.feuerprobe.probe.ProbeRecord;
import org.feuerprobe.sample.Measurement;

/**
 * What a campaign measured.
 *
 * @param plan of the first boot; the others differ in their seed
 * @param measurements of the entries whose effect was verified in every boot
 * @param rejected entries without samples, and why
 * @param exact whether the metric is exact by construction and the repetition agreed
 * @param counted what the emulator's plugin counted beside the clock, or the clock's ticks as time:
 *     one measurement for each metric and point
 */
public record CampaignResult(
        ProbeRecord.Kernel kernel,
        Plan plan,
        List<Boot> boots,
        Repetition repetition,
        List<Measurement> measurements,
        List<Rejected> rejected,
        boolean exact,
        List<Measurement> counted) {
    public CampaignResult(
            ProbeRecord.Kernel kernel,
            Plan plan,
            List<Boot> boots,
            Repetition repetition,
            List<Measurement> measurements,
            List<Rejected> rejected,
            boolean exact) {
        this(kernel, plan, boots, repetition, measurements, rejected, exact, List.of());
    }

    /**
     * One boot.
     *
     * @param calibration the empty measurement, raw
     * @param clock what the clock was worth in it; empty where the kernel told nothing of it
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
    }

    /**
     * Whether a second boot with the same plan and seed gave the same values.
     *
     * @param values compared; the difference is in words, empty when there is none
     * @param recorded whether the two are boots of one recording, which cannot be booted again
     */
    public record Repetition(long seed, long values, String difference, boolean recorded) {
        public Repetition(long seed, long values, String difference) {
            this(seed, values, difference, false);
        }

        public boolean identical() {
            return difference.isEmpty();
        }

        /** Whether there was anything to compare. */
        public boolean compared() {
            return values > 0 || !identical();
        }
    }

    /** An entry without samples. */
    public record Rejected(
            String operation, String benchmark, Map<String, Long> parameters, String reason) {
        @Override
        public String toString() {
            return benchmark + " " + parameters + ": " + reason;
        }
    }

    /** What was measured, and after it what was counted beside. */
    public List<Measurement> all() {
        return Stream.concat(measurements.stream(), counted.stream()).toList();
    }

    /** For each operation with a rejected entry, the first reason. */
    public Map<String, String> failures() {
        return rejected.stream()
                .collect(
                        Collectors.toMap(
                                Rejected::operation, Rejected::toString, (first, _) -> first));
    }

    /** The same boots with what is left of their values. */
    public CampaignResult keeping(
            Predicate<Measurement> measured, Predicate<Measurement> alsoCounted) {
        return with(
                measurements.stream().filter(measured).toList(),
                counted.stream().filter(alsoCounted).toList());
    }

    /** The same boots with these values. */
    public CampaignResult with(List<Measurement> measured, List<Measurement> alsoCounted) {
        return new CampaignResult(
                kernel, plan, boots, repetition, measured, rejected, exact, alsoCounted);
    }

    /** This result and another of the same kernel, as one. */
    public CampaignResult and(CampaignResult more) {
        return JoinedResults.of(this, more);
    }
}
