package org.feuerprobe.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.campaign.UnfitClocks;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.probe.ClockFitness;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.TickRate;
import org.feuerprobe.verdict.Judge;

/**
 * Ticks of this machine's counter as time, where that is honest: the processor says that the
 * counter keeps its rate, spans of {@code CLOCK_MONOTONIC_RAW} give one rate, and each boot's own
 * second clock agrees with it. Cycles are another thing: they take the core's frequency.
 *
 * @param invariant what the processor says of its counter; empty where it says nothing
 */
public record Nanoseconds(NativeClock clock, Optional<Boolean> invariant) {
    /** NTP slews by 0.05 % at most, and a crystal is off by less: allowed for in every verdict. */
    private static final double ERROR = 0.001;

    /** A boot's spans are short: an interrupt between two readings spoils one. */
    private static final double MOST_APART = 0.01;

    /** Why ticks are no time here, and what would make them; empty where they are. */
    Optional<String> unfit() {
        if (!invariant.orElse(false)) {
            return Optional.of(
                    (invariant.isPresent()
                                    ? "the time-stamp counter is not invariant (no constant_tsc and nonstop_tsc in /proc/cpuinfo)"
                                    : "nothing tells whether the time-stamp counter is invariant (no flags in /proc/cpuinfo)")
                            + ": it takes a processor whose counter keeps its rate, or a hypervisor that says so");
        }
        if (clock.rate().spread() > ERROR) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "the counter and CLOCK_MONOTONIC_RAW disagree: spans differ by %.2f %% from %.1f MHz, at most %.1f %% is fit: it takes a machine that is not migrated or suspended meanwhile, with clocksource tsc",
                            100 * clock.rate().spread(),
                            clock.rate().ticksPerSecond() / 1e6,
                            100 * ERROR));
        }
        return Optional.empty();
    }

    /** The same of what was measured: each boot held its counter against a second clock. */
    Optional<String> unfit(List<CampaignResult.Boot> boots) {
        return unfit().or(() -> boots.stream().flatMap(boot -> apart(boot).stream()).findFirst());
    }

    private Optional<String> apart(CampaignResult.Boot boot) {
        Optional<ClockFitness> fitness = boot.clock();
        boolean fit = fitness.map(ClockFitness::state).equals(Optional.of("FIT"));
        boolean near =
                fitness.flatMap(ClockFitness::agreement)
                        .filter(a ->
                                Math.abs(a.ratio() / clock.rate().nanosPerTick() - 1) <= MOST_APART)
                        .isPresent();
        if (fit && near) {
            return Optional.empty();
        }
        String found = fitness.map(ClockFitness::text).orElse(UnfitClocks.UNTOLD);
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "in boot %d two clocks do not agree on %.4f ns a tick: %s: it takes a quieter machine, or a program that reads both",
                        boot.number(),
                        clock.rate().nanosPerTick(),
                        found));
    }

    private TickRate rate() {
        return new TickRate(TickRate.UNIT, clock.rate().nanosPerTick(), ERROR);
    }

    /** Who judges the claims in nanoseconds. */
    Judge judge(String target, CampaignResult result) {
        Judge judge =
                new Judge(
                                target,
                                TickRate.UNIT,
                                false,
                                result.measurements().stream().map(rate()::of).toList(),
                                result.failures())
                        .withClock(rate().resolution((double) clock.quantum()));
        return unfit(result.boots()).map(judge::withUnfitClock).orElse(judge);
    }

    /** What was measured, and beside it the time of the operations whose bounds are in time. */
    CampaignResult beside(CampaignResult result, List<Bound> bounds) {
        Set<String> asked =
                Bound.operations(
                        bounds.stream()
                                .filter(bound -> bound.claim().unit().equals(TickRate.UNIT))
                                .toList());
        if (unfit(result.boots()).isPresent()) {
            return result;
        }
        List<Measurement> times = new ArrayList<>(result.counted());
        result.measurements().stream()
                .filter(m -> asked.contains(m.operation()))
                .map(rate()::of)
                .forEach(times::add);
        return result.with(result.measurements(), times);
    }

    /** What was measured, as time and nothing else. */
    CampaignResult instead(CampaignResult result) throws LabException {
        Optional<String> unfit = unfit(result.boots());
        if (unfit.isPresent()) {
            throw refused(unfit.get());
        }
        return result.with(result.measurements().stream().map(rate()::of).toList(), List.of());
    }

    /** Throws where no time could come of it. */
    void require() throws LabException {
        Optional<String> unfit = unfit();
        if (unfit.isPresent()) {
            throw refused(unfit.get());
        }
    }

    private static LabException refused(String reason) {
        return LabException.targetFailed("no trustworthy source of ns here: " + reason);
    }

    /** In a line, for people. */
    String text() {
        return unfit().orElseGet(() ->
                String.format(
                        Locale.ROOT,
                        "invariant counter at %.2f MHz of CLOCK_MONOTONIC_RAW, spans within %.4f %%; step %.1f ns; empty pair %.1f ns, p99 %.1f",
                        clock.rate().ticksPerSecond() / 1e6,
                        100 * clock.rate().spread(),
                        clock.quantum() * clock.rate().nanosPerTick(),
                        clock.emptyMin() * clock.rate().nanosPerTick(),
                        clock.emptyP99() * clock.rate().nanosPerTick()));
    }
}
