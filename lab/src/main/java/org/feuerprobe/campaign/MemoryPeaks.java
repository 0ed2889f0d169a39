package org.feuerprobe.campaign;

import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;

/**
 * Collects peaks of memory use per plan entry: the peak at any moment of its repetitions, also
 * within an operation, and the peak of each environment at the end of a repetition.
 */
final class MemoryPeaks {
    private static final int STREAM = 2;

    private final String target;
    private final List<Plan> plans;
    private final List<ProbeRun> runs;
    private final List<Measurement> measurements = new ArrayList<>();

    MemoryPeaks(String target, List<Plan> plans, List<ProbeRun> runs) {
        this.target = target;
        this.plans = plans;
        this.runs = runs;
    }

    void gather(PlanEntry entry, int index) {
        int values =
                plans.getFirst().reading() == Quantity.BYTES
                        ? runs.stream().mapToInt(run -> peaks(run, index).length).min().orElse(0)
                        : 0;
        for (int value = 0; value < values; value++) {
            List<BootSamples> boots = new ArrayList<>();
            boolean any = false;
            for (int boot = 0; boot < runs.size(); boot++) {
                long bytes = peaks(runs.get(boot), index)[value];
                any |= bytes != 0;
                if (boot != 1) { // the repetition, as for the clock
                    boots.add(
                            new BootSamples(
                                    boot,
                                    plans.get(boot).seed(),
                                    1,
                                    new long[] {bytes},
                                    new long[1]));
                }
            }
            if (any) {
                measurements.add(
                        new Measurement(
                                entry.benchmark().operation(),
                                entry.benchmark().name(),
                                target,
                                value == 0 ? "peak_bytes" : "environment_" + (value - 1) + "_bytes",
                                entry.parameters(),
                                boots));
            }
        }
    }

    private static long[] peaks(ProbeRun run, int entry) {
        return run.entries().get(entry).streams().getOrDefault(STREAM, new long[0]);
    }

    List<Measurement> measurements() {
        return measurements;
    }
}
