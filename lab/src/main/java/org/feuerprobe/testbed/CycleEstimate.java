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
import org.feuerprobe.testbed.Processor.Basis;
import org.feuerprobe.testbed.Processor.Cost;

/**
 * What would an operation cost in cycles of a processor? Counts times that processor's costs, as an
 * interval. It decides nothing: mispredictions, overlap and bandwidth are in no count.
 *
 * <p>What another processor takes to answer an interrupt can be more than all the rest, so calls
 * that send one are told apart. At least one of the two ends is there.
 *
 * @param low of the cheapest call
 * @param alone of the dearest call that interrupts no other processor
 * @param interrupting of the dearest that does
 * @param n calls counted
 * @param assumed events that were counted and whose cost is nobody's figure
 */
public record CycleEstimate(
        double low,
        OptionalDouble alone,
        OptionalDouble interrupting,
        int n,
        String cpu,
        List<String> assumed) {
    /** Counter of the emulator's plugin, and the event of the cost table. */
    private static final Map<String, String> EVENTS = events();

    /** In the place of a miss of the second level, of data that are known to be near. */
    private static final String NEARBY = "l3_hit";

    private static final String CROSSINGS = "crossings";
    private static final String INTERRUPTS = "interrupts";
    private static final String IPIS = "ipis";

    public CycleEstimate {
        assumed = List.copyOf(assumed);
    }

    private static Map<String, String> events() {
        Map<String, String> events = new LinkedHashMap<>();
        events.put("instructions", "instruction");
        events.put("l1i_misses", "l1i_miss");
        events.put("l1d_misses", "l1d_miss");
        events.put("l2_misses", "l2_miss");
        events.put("tlb_misses", "tlb_miss");
        events.put(CROSSINGS, "syscall"); // what of them are interrupts costs otherwise
        events.put(INTERRUPTS, "interrupt");
        events.put("as_switches", "as_switch");
        events.put(IPIS, "ipi");
        return events;
    }

    /** Events that a processor's file must price. */
    static Set<String> priced() {
        Set<String> priced = new TreeSet<>(EVENTS.values());
        priced.add(NEARBY);
        return priced;
    }

    /**
     * The estimate, or empty where the processor's costs are not known or a count is missing.
     *
     * @param counts per call and net of the overhead, by the counter's metric; equally many each
     */
    public static Optional<CycleEstimate> of(Processor processor, Map<String, double[]> counts) {
        return of(processor, counts, false);
    }

    /**
     * The same.
     *
     * @param nearby whether what it touches is warm and fits the third level, so that a miss of the
     *     second does not go to memory
     */
    public static Optional<CycleEstimate> of(
            Processor processor, Map<String, double[]> counts, boolean nearby) {
        int n = values(counts, "instructions").length;
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
                        processor.name(),
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

    /** Both together: of the same processor, over all calls. */
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

    /** Of the dearest call of all. */
    public double high() {
        return higher(alone, interrupting).orElse(low);
    }

    /** Whether a measured cost lies within. */
    public boolean holds(double cycles) {
        return low <= cycles && cycles <= high();
    }

    /** {@code 5–40}, or {@code 5–40 (IPI: 9,000)} where some calls interrupt another processor. */
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

    /** In a sentence, for people. */
    public String text() {
        return "estimated %s cycles a call of %s%s, from counts of %d calls times its costs%s; an estimate decides nothing"
                .formatted(
                        plain(),
                        cpu,
                        bothWays()
                                ? String.format(
                                        Locale.ROOT,
                                        ", up to %,.0f where another processor is interrupted",
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
