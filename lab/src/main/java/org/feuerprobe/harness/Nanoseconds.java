package org.feuerprobe.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.fitness.BootTrust;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.TickRate;
import org.feuerprobe.verdict.Judge;

/**
 * Converter from ticks of this machine's counter to time. The result can be trusted if the
 * processor reports that the counter keeps its rate, spans of {@code CLOCK_MONOTONIC_RAW} give one
 * rate, and each boot's own second clock agrees. Cycles need the core's frequency instead.
 *
 * @param invariant whether the processor reports that its counter keeps its rate; empty if it
 *     reports nothing
 */
public record Nanoseconds(NativeClock clock, Optional<Boolean> invariant) {
    /**
     * Error of the rate that every verdict allows for. NTP slews by 0.05 % at most, and a crystal
     * is off by less.
     */
    private static final double ERROR = 0.001;

    /** Largest deviation of a boot's clocks. Its spans are short, so an interrupt spoils one. */
    private static final double MOST_APART = 0.01;

    private static final String INVARIANT =
            "it takes a processor whose counter keeps its rate, or a hypervisor that says so";

    /** Trust in ticks as time on this machine, before anything is measured. */
    Trust trust() {
        if (invariant.isEmpty()) {
            return Trust.unknown(
                    "nothing tells whether the time-stamp counter is invariant (no flags in /proc/cpuinfo)",
                    INVARIANT);
        }
        if (!invariant.get()) {
            return Trust.unfit(
                    "the time-stamp counter is not invariant (no constant_tsc and nonstop_tsc in /proc/cpuinfo)",
                    INVARIANT);
        }
        if (clock.rate().spread() > ERROR) {
            return Trust.unfit(
                    String.format(
                            Locale.ROOT,
                            "the counter and CLOCK_MONOTONIC_RAW disagree: spans differ by %.2f %% from %.1f MHz, at most %.1f %% is fit",
                            100 * clock.rate().spread(),
                            clock.rate().ticksPerSecond() / 1e6,
                            100 * ERROR),
                    "it takes a machine that is not migrated or suspended meanwhile, with clocksource tsc");
        }
        return Trust.fit(rateInWords());
    }

    /** Trust in what was measured: each boot compared its counter with a second clock. */
    Trust trust(CampaignResult result) {
        Set<Integer> boots =
                result.measurements().stream()
                        .flatMap(measurement -> measurement.boots().stream())
                        .map(BootSamples::boot)
                        .collect(Collectors.toSet());
        return result.boots().stream()
                .filter(boot -> boots.contains(boot.number()))
                .map(this::trust)
                .reduce(trust(), Trust::and);
    }

    private Trust trust(CampaignResult.Boot boot) {
        BootTrust clock = boot.trust();
        boolean near =
                boot.clock()
                        .flatMap(ClockFitness::agreement)
                        .filter(a ->
                                Math.abs(a.ratio() / this.clock.rate().nanosPerTick() - 1)
                                        <= MOST_APART)
                        .isPresent();
        return clock.clock().believed() && near
                ? clock.clock()
                : new Trust(
                        clock.clock().believed() ? Trust.State.UNFIT : clock.clock().state(),
                        String.format(
                                Locale.ROOT,
                                "in boot %d two clocks do not agree on %.4f ns a tick: %s",
                                boot.number(),
                                this.clock.rate().nanosPerTick(),
                                clock.clock().why()),
                        "it takes a quieter machine, or a program that reads both");
    }

    private TickRate rate() {
        return new TickRate(Metric.NANOSECONDS, clock.rate().nanosPerTick(), ERROR);
    }

    /** The judge of claims in nanoseconds. */
    Judge judge(String target, CampaignResult result) {
        Judge judge =
                new Judge(
                                target,
                                Metric.NANOSECONDS.name(),
                                false,
                                result.measurements().stream().map(rate()::of).toList(),
                                result.failures())
                        .withClock(rate().resolution((double) clock.quantum()));
        Trust trust = trust(result);
        return trust.believed() ? judge : judge.withUnfitClock(trust.text());
    }

    /** The same measurements, and the times of operations whose bounds are in time. */
    CampaignResult withTimes(CampaignResult result, List<Bound> bounds) {
        Set<String> asked =
                Bound.operations(
                        bounds.stream()
                                .filter(bound ->
                                        bound.claim().unit().equals(Metric.NANOSECONDS.name()))
                                .toList());
        if (!trust(result).believed()) {
            return result;
        }
        List<Measurement> times = new ArrayList<>(result.counted());
        result.measurements().stream()
                .filter(m -> asked.contains(m.operation()))
                .map(rate()::of)
                .forEach(times::add);
        return result.with(result.measurements(), times);
    }

    /** The measurements as times only. */
    CampaignResult instead(CampaignResult result) throws LabException {
        require(trust(result));
        return result.with(result.measurements().stream().map(rate()::of).toList(), List.of());
    }

    /** Throws if ticks cannot be converted to time here. */
    void require() throws LabException {
        require(trust());
    }

    private static void require(Trust trust) throws LabException {
        if (!trust.believed()) {
            throw LabException.targetFailed("no trustworthy source of ns here: " + trust.text());
        }
    }

    private String rateInWords() {
        return String.format(
                Locale.ROOT,
                "invariant counter at %.2f MHz of CLOCK_MONOTONIC_RAW, spans within %.4f %%; step %.1f ns; empty pair %.1f ns, p99 %.1f",
                clock.rate().ticksPerSecond() / 1e6,
                100 * clock.rate().spread(),
                clock.quantum() * clock.rate().nanosPerTick(),
                clock.emptyMin() * clock.rate().nanosPerTick(),
                clock.emptyP99() * clock.rate().nanosPerTick());
    }
}
