package org.feuerprobe.harness;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.fitness.SeriesTrust;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Resolution;
import org.feuerprobe.sample.TickRate;
import org.feuerprobe.testbed.Processor;
import org.feuerprobe.testbed.SystemFiles;
import org.feuerprobe.verdict.Judge;

/**
 * Calibration of a target's clock before a campaign, and the judge to use with it. Ticks become
 * cycles by the core's frequency, and nanoseconds by the counter's.
 *
 * @param opened trust in the target's clock, found when the target was opened
 * @param clock this machine's, where the target reads it; else empty
 */
public record Calibration(Places places, Target target, Trust opened, Optional<NativeClock> clock) {
    /** Why this unit cannot be decided here, whatever the values are; empty if it can. */
    Optional<String> unfit(String timed) {
        Trust trust =
                clock.isPresent() && Metric.NANOSECONDS.is(timed)
                        ? nanoseconds(clock.get()).trust()
                        : source();
        return trust.believed() ? Optional.empty() : Optional.of(trust.text());
    }

    /** The judge of what was measured. */
    Judge judge(CampaignResult result) {
        return judge(target, result);
    }

    /**
     * The judge for {@code booted}, which represents this target when two kernels are measured
     * alternately.
     */
    Judge judge(Target booted, CampaignResult result) {
        CampaignResult found = inUnits(booted, result);
        Trust trust =
                SeriesTrust.in(found.trust(), booted.name(), booted.metric()).orElse(source());
        Judge judge = judgeOf(booted, found);
        Judge own =
                clock.map(here -> judge.withClock(resolution(booted, here), result.measurements()))
                        .orElse(judge);
        Judge trusting = trust.believed() ? own : own.withUnfitClock(trust.text());
        return clock.map(here -> trusting.withOther(nanoseconds(here).judge(booted.name(), result)))
                .orElse(trusting);
    }

    /** Trust in the source of the target's figures, before each boot's own clock is looked at. */
    private Trust source() {
        return clock.map(here ->
                        opened.and(
                                Processor.host(places.cpus())
                                        .check(here.multiplication(), here.load())))
                .orElse(opened);
    }

    /** The measurements in the target's metric, with the trust in its source. */
    CampaignResult inUnits(Target booted, CampaignResult result) {
        return clock.map(here -> cycles(booted, here, result))
                .orElse(result)
                .from(booted.name(), booted.metric(), source());
    }

    private static Judge judgeOf(Target target, CampaignResult result) {
        return new Judge(
                        target.name(),
                        target.metric(),
                        result.exact(),
                        result.measurements(),
                        result.failures())
                .withAlternatives(wanted -> MeasurableElsewhere.of(target, wanted));
    }

    /**
     * Resolution of the clock. The cycles per tick range over the speeds measured before and
     * between the boots. Without speeds between the boots, they range from 1 to the speed before.
     */
    private static Resolution resolution(Target booted, NativeClock clock) {
        double before = clock.cyclesPerTick();
        double quantum = clock.quantum();
        return booted instanceof NativeTarget core && core.speeds().getCount() > 0
                ? new Resolution(
                        quantum,
                        Math.min(before, core.speeds().getMin()),
                        Math.max(before, core.speeds().getMax()),
                        true)
                : new Resolution(quantum, Math.min(1, before), Math.max(1, before));
    }

    /**
     * The measurements in the target's metric, and the times of operations that have bounds in
     * time.
     */
    CampaignResult withTimes(Target booted, CampaignResult result, List<Bound> bounds) {
        CampaignResult found = inUnits(booted, result);
        return clock.map(here ->
                        found.with(
                                found.measurements(),
                                nanoseconds(here).withTimes(result, bounds).counted()))
                .orElse(found);
    }

    /** Ticks of this machine's counter, converted to cycles of the core. */
    static CampaignResult cycles(Target booted, NativeClock clock, CampaignResult ticks) {
        TickRate rate = new TickRate(Metric.CYCLES, speed(booted, clock), 0);
        return ticks.with(ticks.measurements().stream().map(rate::of).toList(), ticks.counted());
    }

    /** Cycles per tick: measured between the boots, else before them. */
    private static double speed(Target booted, NativeClock clock) {
        return booted instanceof NativeTarget core && core.speeds().getCount() > 0
                ? core.speeds().getAverage()
                : clock.cyclesPerTick();
    }

    /** Converter from ticks of this machine's counter to time. */
    static Nanoseconds nanoseconds(NativeClock clock) {
        return new Nanoseconds(clock, SystemFiles.HOST.invariantCounter());
    }
}
