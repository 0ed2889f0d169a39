package org.feuerprobe.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.testbed.Check;
import org.feuerprobe.testbed.Fitness;
import org.feuerprobe.testbed.SystemFiles;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * Second decision on claims in cycles and nanoseconds that the emulator cannot measure. Target
 * native decides them for the operations that it runs, if its clock is trustworthy. This takes some
 * seconds.
 *
 * <p>Other programs add time to the measurements. A claim that is violated while the machine is
 * busy is therefore left open.
 */
record CoreComplement(
        TargetChoice core,
        Opening opening,
        ChosenBounds bounds,
        EffortChoice effort,
        Duration budget,
        MeasurementListener listener) {
    /** Most time for further rounds; the first one takes about as long on a quiet machine. */
    private static final Duration MOST = Duration.ofSeconds(7);

    /** A busy machine disturbs the chains of known cost as well. */
    private static final int ATTEMPTS = 3;

    private static final Set<String> TIMES =
            Set.of(Metric.CYCLES.name(), Metric.NANOSECONDS.name());

    /** Opens target native. */
    @FunctionalInterface
    interface Opening {
        OpenTarget open() throws LabException, InterruptedException;
    }

    /**
     * Measurements and verdicts of target native.
     *
     * @param result its measurements; empty if nothing was measured
     * @param verdicts verdicts by bound, not corrected as a family; they replace the emulator's
     * @param disturbance why violated claims are open; empty on a quiet machine
     */
    record Added(
            Optional<CampaignResult> result,
            Map<String, BoundVerdict> verdicts,
            String disturbance) {
        /**
         * A verdict after correction as a family. A violation found here is left open if the
         * machine was busy.
         */
        BoundVerdict settled(BoundVerdict corrected) {
            return disturbance.isEmpty() || !verdicts.containsKey(corrected.bound().id())
                    ? corrected
                    : corrected.disturbed(disturbance);
        }

        private static Added unmeasured(List<BoundVerdict> verdicts) {
            return new Added(Optional.empty(), byBound(verdicts), "");
        }
    }

    /** Decides the bounds that the emulator's verdicts leave open because they need a clock. */
    Added to(List<BoundVerdict> emulated) throws InterruptedException {
        List<BoundVerdict> wanted =
                emulated.stream()
                        .filter(v -> v.kind() == VerdictKind.NOT_MEASURABLE)
                        .filter(v -> TIMES.contains(v.metric()))
                        .toList();
        if (wanted.isEmpty()) {
            return Added.unmeasured(List.of());
        }
        try {
            return measured(wanted);
        } catch (LabException e) {
            return Added.unmeasured(unfit(wanted, String.valueOf(e.getMessage())));
        } catch (CampaignException e) {
            return Added.unmeasured(unfit(wanted, String.valueOf(BootFailure.of(e).getMessage())));
        }
    }

    private Added measured(List<BoundVerdict> wanted)
            throws LabException, CampaignException, InterruptedException {
        OpenTarget opened = opening.open();
        Set<String> runs =
                new Campaign(opened.target(), 1)
                        .catalogue().stream().map(Benchmark::operation).collect(Collectors.toSet());
        List<BoundVerdict> verdicts = new ArrayList<>();
        List<BoundVerdict> here = new ArrayList<>();
        for (BoundVerdict verdict : wanted) {
            if (runs.contains(verdict.bound().operation())) {
                here.add(verdict);
            } else {
                verdicts.add(verdict.because(elsewhere(verdict)));
            }
        }
        Calibration calibration = calibrated(opened);
        List<BoundVerdict> fit = new ArrayList<>();
        for (BoundVerdict verdict : here) {
            Optional<String> unfit = calibration.unfit(verdict.metric());
            if (unfit.isPresent()) {
                verdicts.addAll(unfit(List.of(verdict), unfit.get()));
            } else {
                fit.add(verdict);
            }
        }
        if (fit.isEmpty()) {
            return Added.unmeasured(verdicts);
        }
        List<Bound> chosen = fit.stream().map(BoundVerdict::bound).toList();
        OptionalDouble speed = opened.speed();
        Fitness.Watch watch = Fitness.watch(SystemFiles.HOST, core.processor(), speed);
        AdaptiveValidation.JudgedCampaign found =
                new AdaptiveValidation(
                                opened,
                                bounds.those(chosen),
                                new CountedBounds(List.of(), opened, core),
                                calibration,
                                brief(),
                                budget.compareTo(MOST) < 0 ? budget : MOST,
                                listener)
                        .judgedCampaign();
        Optional<String> busy = disturbance(watch.checks(opened.speed()));
        verdicts.addAll(found.alone());
        return new Added(Optional.of(found.outcome().result()), byBound(verdicts), busy.orElse(""));
    }

    private Calibration calibrated(OpenTarget opened) throws LabException, InterruptedException {
        Calibration found = opened.calibration(core.places());
        for (int i = 1; i < ATTEMPTS && found.unfit(Metric.CYCLES.name()).isPresent(); i++) {
            found = opened.calibration(core.places());
        }
        return found;
    }

    /** Few points in several boots, because a single boot cannot show a violation. */
    private EffortChoice brief() {
        Effort each = effort.effort();
        return new EffortChoice(
                new Effort(
                        each.samples(),
                        each.warmup(),
                        Math.min(each.mostPoints(), Effort.QUICK.mostPoints()),
                        Effort.FULL.seeds()),
                effort.quick(),
                false,
                effort.seed(),
                1);
    }

    /** The programs that ran during the measurement; empty if there were none. */
    static Optional<String> disturbance(List<Check> checks) {
        return checks.stream()
                .filter(check -> check.name().equals("contention"))
                .filter(check -> check.state() != Check.State.FIT)
                .map(check -> check.value())
                .findFirst();
    }

    private static String elsewhere(BoundVerdict verdict) {
        return Metric.CYCLES.is(verdict.metric())
                ? "to measure cycles, use hardware virtualisation (--accel kvm); targets qemu and native do not time this operation"
                : "targets qemu and native do not time this operation, so nothing here measures its %s"
                        .formatted(verdict.metric());
    }

    private static List<BoundVerdict> unfit(List<BoundVerdict> verdicts, String reason) {
        return verdicts.stream()
                .map(verdict ->
                        verdict.because(
                                "no trustworthy source of %s here: target native: %s"
                                        .formatted(
                                                verdict.metric(),
                                                reason.lines().findFirst().orElse(""))))
                .toList();
    }

    private static Map<String, BoundVerdict> byBound(List<BoundVerdict> verdicts) {
        Map<String, BoundVerdict> all = new HashMap<>();
        verdicts.forEach(verdict -> all.put(verdict.bound().id(), verdict));
        return all;
    }
}
