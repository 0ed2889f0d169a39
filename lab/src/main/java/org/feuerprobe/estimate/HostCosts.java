package org.feuerprobe.estimate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.feuerprobe.guest.MissLatencies;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.testbed.Latencies;
import org.feuerprobe.testbed.Processor;
import org.feuerprobe.testbed.Processor.Basis;
import org.feuerprobe.testbed.Processor.Cost;

/**
 * This machine's processor, with some costs measured here instead of taken from its file. The cost
 * of a cache miss or an interrupt to another processor depends on the platform, not only on the
 * processor.
 *
 * @param processor the processor; with the file's costs only if the core's cycles are not
 *     trustworthy
 * @param note the measured costs in a sentence; empty if nothing was measured
 */
public record HostCosts(Processor processor, String note) {
    /** Measures costs if the core's clock agrees with the published latencies in {@code cpus}. */
    public static HostCosts measure(Path cpus, NativeTarget core) throws InterruptedException {
        Processor processor = Processor.host(cpus);
        try {
            NativeClock clock = core.clock();
            boolean priced = !processor.costs().byEvent().isEmpty();
            return priced && processor.check(clock.multiplication(), clock.load()).believed()
                    ? of(
                            processor.measured(clock.multiplication(), clock.load()),
                            core.misses(),
                            core.interruptOther())
                    : new HostCosts(processor, "");
        } catch (IOException e) {
            return new HostCosts(processor, "");
        }
    }

    /** The note, to be appended to another sentence. */
    public String behind() {
        return note.isEmpty() ? "" : " " + note;
    }

    /**
     * Computes the costs. A miss costs what a load takes beyond a load that hits the level before.
     * An interrupt to another processor costs at least the sending, from the file, and at most the
     * time until its answer.
     */
    static HostCosts of(Processor processor, MissLatencies misses, OptionalDouble interruptOther) {
        double first =
                processor.latencies().pairs().stream()
                        .findFirst()
                        .map(Latencies.Pair::load)
                        .orElse(0.0);
        double overlapped = Math.max(0, misses.thirdTogether() - misses.secondTogether());
        Map<String, Cost> costs = new LinkedHashMap<>();
        costs.put(
                "l1d_miss",
                cost(misses.secondTogether() - misses.firstTogether(), misses.second() - first));
        costs.put("l3_hit", cost(overlapped, misses.third() - misses.second()));
        costs.put("l2_miss", cost(overlapped, misses.memory() - misses.second()));
        String note =
                String.format(
                        Locale.ROOT,
                        "Measured on this core: a dependent load takes %.0f cycles from the second level, %.0f from the third, %.0f from memory",
                        misses.second(),
                        misses.third(),
                        misses.memory());
        Optional<Cost> order = processor.costs().of("ipi");
        if (order.isEmpty() || interruptOther.isEmpty()) {
            return new HostCosts(processor.with(costs), note + ".");
        }
        double answered = interruptOther.getAsDouble();
        costs.put(
                "ipi",
                new Cost(
                        Math.min(order.get().low(), answered),
                        answered,
                        Basis.MEASURED,
                        "until another processor of this machine has answered a membarrier"));
        return new HostCosts(
                processor.with(costs),
                String.format(
                        Locale.ROOT,
                        "%s; another processor answers an interrupt after %,.0f.",
                        note,
                        answered));
    }

    private static Cost cost(double low, double high) {
        double least = Math.max(0, low);
        return new Cost(
                least, Math.max(least, high), Basis.MEASURED, "loads in random order on this core");
    }
}
