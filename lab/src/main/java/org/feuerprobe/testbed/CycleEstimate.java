package org.feuerprobe.testbed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.testbed.Processor.Basis;
import org.feuerprobe.testbed.Processor.Cost;

/**
 * Estimated cost of an operation in cycles of a processor: counts times that processor's cost per
 * event, as an interval. It decides no bound, because no count covers mispredictions, overlap and
 * bandwidth.
 *
 * <p>Calls that interrupt another processor have an upper end of their own, because its answer can
 * take longer than all the rest. At least one of the two upper ends is present.
 *
 * @param low estimate for the cheapest call
 * @param alone estimate for the most expensive call that interrupts no other processor
 * @param interrupting estimate for the most expensive call that interrupts one
 * @param n number of calls counted
 * @param cpu the processor, and the general profile if one was taken
 * @param assumed counted events whose cost is assumed, neither published nor measured
 */
public record CycleEstimate(
        double low,
        OptionalDouble alone,
        OptionalDouble interrupting,
        int n,
        String cpu,
        List<String> assumed) {
    /** The event in the cost table, by counter of the emulator's plugin. */
    private static final Map<String, String> EVENTS = events();

    /** Replaces a miss of the second level if the data are known to fit the third level. */
    private static final String NEARBY = "l3_hit";

    private static final String CROSSINGS = "crossings";
    private static final String INTERRUPTS = "interrupts";
    private static final String IPIS = "ipis";

    public CycleEstimate {
        assumed = List.copyOf(assumed);
    }

    private static Map<String, String> events() {
        Map<String, String> events = new LinkedHashMap<>();
        events.put(Metric.INSTRUCTIONS.name(), "instruction");
        events.put("l1i_misses", "l1i_miss");
        events.put("l1d_misses", "l1d_miss");
        events.put("l2_misses", "l2_miss");
        events.put("tlb_misses", "tlb_miss");
        events.put(CROSSINGS, "syscall"); // without interrupts, which have a cost of their own
        events.put(INTERRUPTS, "interrupt");
        events.put("as_switches", "as_switch");
        events.put(IPIS, "ipi");
        return events;
    }

    /** Events for which a processor's file must give a cost. */
    static Set<String> priced() {
        Set<String> priced = new TreeSet<>(EVENTS.values());
        priced.add(NEARBY);
        return priced;
    }

    /**
     * Computes the estimate; empty if the processor's costs are unknown or a count is missing.
     *
     * @param counts counts per call after subtracting the overhead, by the counter's metric; all
     *     arrays have the same length
     */
    public static Optional<CycleEstimate> of(Processor processor, Map<String, double[]> counts) {
        return of(processor, counts, false);
    }

    /**
     * Computes the estimate for data that may be in the third level.
     *
     * @param nearby whether the data are warm and fit the third level, so that a miss of the second
     *     level does not go to memory
     */
    public static Optional<CycleEstimate> of(
            Processor processor, Map<String, double[]> counts, boolean nearby) {
        int n = values(counts, Metric.INSTRUCTIONS.name()).length;
        double[] low = new double[n];
        double[] high = new double[n];
        List<String> assumed = new ArrayList<>();
        for (Map.Entry<String, String> event : EVENTS.entrySet()) {
            double[] values = values(counts, event.getKey());
            String name = nearby && event.getValue().equals("l2_miss") ? NEARBY : event.getValue();
            Optional<Cost> cost = processor.costs().of(name);
            if (n == 0 || values.length != n || cost.isEmpty()) {
                return Optional.empty();
            }
            boolean any = false;
            for (int i = 0; i < n; i++) {
                double count = Math.max(0, values[i]);
                low[i] += count * cost.get().low();
                high[i] += count * cost.get().high();
                any |= count > 0;
            }
            if (any && cost.get().basis() == Basis.ASSUMED) {
                assumed.add(name);
            }
        }
        double[] orders = values(counts, IPIS);
        return Optional.of(
                new CycleEstimate(
                        Arrays.stream(low).min().orElseThrow(),
                        IntStream.range(0, n)
                                .filter(i -> orders[i] <= 0)
                                .mapToDouble(i -> high[i])
                                .max(),
                        IntStream.range(0, n)
                                .filter(i -> orders[i] > 0)
                                .mapToDouble(i -> high[i])
                                .max(),
                        n,
                        processor.described(),
                        assumed));
    }

    private static double[] values(Map<String, double[]> counts, String counter) {
        double[] values = counts.getOrDefault(counter, new double[0]);
        double[] interrupts = counts.getOrDefault(INTERRUPTS, new double[0]);
        if (!counter.equals(CROSSINGS) || interrupts.length != values.length) {
            return values;
        }
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] - interrupts[i])
                .toArray();
    }

    /** Combines two estimates for the same processor, over all calls of both. */
    public CycleEstimate with(CycleEstimate other) {
        return new CycleEstimate(
                Math.min(low, other.low),
                higher(alone, other.alone),
                higher(interrupting, other.interrupting),
                n + other.n,
                cpu,
                java.util.stream.Stream.concat(assumed.stream(), other.assumed.stream())
                        .distinct()
                        .toList());
    }

    private static OptionalDouble higher(OptionalDouble one, OptionalDouble other) {
        return DoubleStream.concat(one.stream(), other.stream()).max();
    }

    /** Estimate for the most expensive call of all. */
    public double high() {
        return higher(alone, interrupting).orElse(low);
    }

    /** Whether a measured cost lies within the estimate. */
    public boolean holds(double cycles) {
        return low <= cycles && cycles <= high();
    }

    /** {@code 5–40}, or {@code 5–40 (IPI: 9,000)} if some calls interrupt another processor. */
    public String range() {
        String some = bothWays() ? String.format(Locale.ROOT, " (IPI: %,.0f)", high()) : "";
        return plain() + some;
    }

    private boolean bothWays() {
        return alone.isPresent() && interrupting.isPresent();
    }

    private String plain() {
        return String.format(Locale.ROOT, "%,.0f–%,.0f", low, alone.orElse(high()));
    }

    /** A sentence for people. */
    public String text() {
        return "estimated %s cycles per call on %s%s, from counts of %d calls times cost per event%s; an estimate decides no bound"
                .formatted(
                        plain(),
                        cpu,
                        bothWays()
                                ? String.format(
                                        Locale.ROOT,
                                        ", up to %,.0f if another processor is interrupted",
                                        high())
                                : "",
                        n,
                        assumed.isEmpty()
                                ? ""
                                : " (assumed: "
                                        + assumed.stream().collect(Collectors.joining(", "))
                                        + ")");
    }
}
