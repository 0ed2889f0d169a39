package org.feuerprobe.harness;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.campaign.UnfitClocks;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.results.UnfitSeries;
import org.feuerprobe.sample.Resolution;
import org.feuerprobe.sample.TickRate;
import org.feuerprobe.testbed.Processor;
import org.feuerprobe.testbed.SystemFiles;
import org.feuerprobe.verdict.Judge;

/**
 * Calibration of a target's clock before a campaign, and the judge to use with it. Ticks become
 * cycles by the core's frequency, and nanoseconds by the counter's.
 *
 * @param unfit why nothing may be decided on the clock; else empty
 * @param clock this machine's, where the target reads it; else empty
 */
public record Calibration(Places places, Target target, String unfit, Optional<NativeClock> clock) {
    /** Why nothing can be decided in this unit, whatever is measured; empty where it can. */
    Optional<String> unfit(String timed) {
        if (clock.isEmpty()) {
            return Optional.of(unfit).filter(found -> !found.isEmpty());
        }
        return timed.equals(TickRate.UNIT)
                ? nanoseconds(clock.get()).unfit()
                : Optional.of(truth(clock.get()))
                        .filter(truth -> !truth.fit())
                        .map(Processor.Truth::text);
    }

    private Processor.Truth truth(NativeClock here) {
        return Processor.host(places.cpus()).check(here.multiplication(), here.load());
    }

    /** The judge of what was measured. */
    Judge judge(CampaignResult result) {
        return judge(target, result);
    }

    /** The same for a target that was booted in this one's place, in turn with another. */
    Judge judge(Target booted, CampaignResult result) {
        Judge judge = judgeOf(booted, result);
        Optional<String> apart = UnfitClocks.of(result.boots()).map(UnfitClocks::reason);
        if (clock.isEmpty()) {
            return Optional.of(unfit)
                    .filter(found -> !found.isEmpty())
                    .or(() -> apart.filter(_ -> UnfitSeries.timed(booted.metric())))
                    .map(judge::withUnfitClock)
                    .orElse(judge);
        }
        Processor.Truth truth = truth(clock.get());
        Judge cycles =
                judgeOf(booted, cycles(booted, clock.get(), result))
                        .withClock(resolution(booted, clock.get()), result.measurements());
        Optional<String> reason =
                apart.or(() -> truth.fit() ? Optional.empty() : Optional.of(truth.text()));
        return reason.map(cycles::withUnfitClock)
                .orElse(cycles)
                .withOther(nanoseconds(clock.get()).judge(booted.name(), result));
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
     * A tick is as many cycles as the core ran between the boots; where nobody looked, as it ran
     * before them, or at its nominal frequency.
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

    /** What was measured, in cycles, and beside it the time of what has bounds in time. */
    CampaignResult beside(Target booted, CampaignResult result, List<Bound> bounds) {
        return clock.map(here ->
                        result.with(
                                cycles(booted, here, result).measurements(),
                                nanoseconds(here).beside(result, bounds).counted()))
                .orElse(result);
    }

    /** Ticks of this machine's counter as cycles that the core ran meanwhile. */
    static CampaignResult cycles(Target booted, NativeClock clock, CampaignResult ticks) {
        TickRate rate = new TickRate(TickRate.CYCLES, speed(booted, clock), 0);
        return ticks.with(ticks.measurements().stream().map(rate::of).toList(), ticks.counted());
    }

    /** Cycles in a tick: between the boots, or where nobody looked, before them. */
    private static double speed(Target booted, NativeClock clock) {
        return booted instanceof NativeTarget core && core.speeds().getCount() > 0
                ? core.speeds().getAverage()
                : clock.cyclesPerTick();
    }

    /** Ticks of this machine's clock as time. */
    static Nanoseconds nanoseconds(NativeClock clock) {
        return new Nanoseconds(clock, SystemFiles.HOST.invariantCounter());
    }
}
