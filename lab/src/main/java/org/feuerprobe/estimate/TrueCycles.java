package org.feuerprobe.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.fitness.BootTrust;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.QuietMean;

/**
 * Measured cost of points that the processor itself runs, in cycles and after subtracting the
 * overhead twin. Estimates are compared with it. Each mean comes with an interval over some boots.
 */
final class TrueCycles {
    private static final int BOOTS = 5;

    private final Map<String, Estimate> byPoint = new HashMap<>();
    private final List<BootTrust> clocks = new ArrayList<>();

    private TrueCycles() {}

    static TrueCycles none() {
        return new TrueCycles();
    }

    /** Measures those of the points that {@code truth} offers. */
    static TrueCycles of(Target truth, Collection<PlanEntry> points, NativeClock clock)
            throws InterruptedException {
        TrueCycles found = new TrueCycles();
        if (!(truth.boot(Plan.catalogue(), 0, Target.Progress.none())
                instanceof BootOutcome.Completed catalogue)) {
            return found;
        }
        Set<String> known =
                catalogue.run().benchmarks().stream()
                        .map(benchmark -> benchmark.name())
                        .collect(Collectors.toSet());
        Plan plan =
                truth.adapt(
                        new Plan(
                                1,
                                points.stream()
                                        .filter(point -> known.contains(point.benchmark().name()))
                                        .toList()));
        if (plan.entries().isEmpty()) {
            return found;
        }
        double[][] means = new double[plan.entries().size()][BOOTS];
        for (int boot = 0; boot < BOOTS; boot++) {
            if (!(truth.boot(plan, boot + 1, Target.Progress.none())
                    instanceof BootOutcome.Completed run)) {
                return found;
            }
            found.clocks.add(new BootTrust(boot, clock(run.run())));
            for (int i = 0; i < means.length; i++) {
                means[i][boot] = net(run.run().entries().get(i), clock);
            }
        }
        for (int i = 0; i < means.length; i++) {
            if (Arrays.stream(means[i]).noneMatch(Double::isNaN)) {
                found.byPoint.put(key(plan.entries().get(i)), QuietMean.over(means[i]));
            }
        }
        return found;
    }

    private static Trust clock(ProbeRun run) {
        return run.calibration().length == 0
                ? ClockFitness.unreported()
                : ClockFitness.of(run.calibration(), run.clock()).trust();
    }

    /** Trust in the measured cycles, by the clock of each boot. */
    Trust trust() {
        return BootTrust.all(clocks);
    }

    /** Mean of the operation minus its twin's; NaN if a stream is missing. */
    private static double net(ProbeRun.Entry result, NativeClock clock) {
        long[] values = result.streams().getOrDefault(0, new long[0]);
        long[] twin = result.streams().getOrDefault(1, new long[0]);
        return values.length == 0 || twin.length == 0
                ? Double.NaN
                : (QuietMean.of(values, clock.quantum()) - QuietMean.of(twin, clock.quantum()))
                        * clock.cyclesPerTick()
                        / result.batch();
    }

    private static String key(PlanEntry point) {
        return point.benchmark().name() + point.parameters();
    }

    Optional<Estimate> at(PlanEntry point) {
        return Optional.ofNullable(byPoint.get(key(point)));
    }
}
