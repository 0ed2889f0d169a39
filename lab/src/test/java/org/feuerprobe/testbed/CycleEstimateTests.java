package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.testbed.Processor.Basis;
import org.feuerprobe.testbed.Processor.Cost;
import org.junit.jupiter.api.Test;

/** Counts times costs, as an interval that names what it assumes. */
class CycleEstimateTests {
    private static final List<String> COUNTERS =
            List.of(
                    "instructions",
                    "l1i_misses",
                    "l1d_misses",
                    "l2_misses",
                    "tlb_misses",
                    "crossings",
                    "interrupts",
                    "as_switches",
                    "ipis");

    private static Processor processor() {
        LinkedHashMap<String, Cost> costs = new LinkedHashMap<>();
        costs.put("instruction", new Cost(0.25, 1, Basis.PUBLISHED, "s"));
        for (String event :
                List.of("l1i_miss", "l1d_miss", "l2_miss", "tlb_miss", "as_switch", "ipi")) {
            costs.put(event, new Cost(10, 20, Basis.ASSUMED, "s"));
        }
        costs.put("syscall", new Cost(60, 100, Basis.MEASURED, "s"));
        costs.put("interrupt", new Cost(400, 900, Basis.PUBLISHED, "s"));
        return new Processor("P", Latencies.of(3, 4), new Processor.Costs(costs));
    }

    private static Map<String, double[]> counts(double... instructions) {
        Map<String, double[]> counts = new HashMap<>();
        COUNTERS.forEach(counter -> counts.put(counter, new double[instructions.length]));
        counts.put("instructions", instructions);
        return counts;
    }

    @Test
    void multipliesAndAdds() {
        Map<String, double[]> counts = counts(100);
        counts.put("crossings", new double[] {1});
        counts.put("l1d_misses", new double[] {2});

        CycleEstimate estimate = CycleEstimate.of(processor(), counts).orElseThrow();

        assertThat(estimate.low()).isEqualTo(25 + 60 + 20);
        assertThat(estimate.high()).isEqualTo(100 + 100 + 40);
        assertThat(estimate.assumed()).containsExactly("l1d_miss");
        assertThat(estimate.text())
                .isEqualTo(
                        "estimated 105–240 cycles per call on P, from counts of 1 calls times cost per event"
                                + " (assumed: l1d_miss); an estimate decides no bound");
    }

    /** A crossing by an interrupt costs what an interrupt costs, and not a system call besides. */
    @Test
    void anInterruptAndAnOrderToAnotherProcessorCostTheirOwn() {
        Map<String, double[]> counts = counts(0);
        counts.put("crossings", new double[] {3});
        counts.put("interrupts", new double[] {2});
        counts.put("ipis", new double[] {1});

        CycleEstimate estimate = CycleEstimate.of(processor(), counts).orElseThrow();

        assertThat(estimate.low()).isEqualTo(60 + 2 * 400 + 10);
        assertThat(estimate.high()).isEqualTo(100 + 2 * 900 + 20);
        assertThat(estimate.assumed()).containsExactly("ipi");
    }

    /** An answer from another processor can be more than all the rest. */
    @Test
    void tellsCallsApartThatInterruptAnotherProcessor() {
        Map<String, double[]> counts = counts(40, 400);
        counts.put("ipis", new double[] {0, 1});

        CycleEstimate estimate = CycleEstimate.of(processor(), counts).orElseThrow();

        assertThat(estimate.range()).isEqualTo("10–40 (IPI: 420)");
        assertThat(estimate.text())
                .startsWith(
                        "estimated 10–40 cycles per call on P, up to 420 if another processor is interrupted,");
        assertThat(estimate.holds(420)).isTrue();
        counts.put("ipis", new double[] {1, 1});
        CycleEstimate always = CycleEstimate.of(processor(), counts).orElseThrow();
        assertThat(always.range()).isEqualTo("20–420");
        assertThat(always.with(CycleEstimate.of(processor(), counts(80)).orElseThrow()).range())
                .isEqualTo("20–80 (IPI: 420)");
    }

    @Test
    void spansFromTheCheapestCallToTheDearest() {
        CycleEstimate estimate = CycleEstimate.of(processor(), counts(40, 400)).orElseThrow();

        assertThat(estimate.range()).isEqualTo("10–400");
        assertThat(estimate.n()).isEqualTo(2);
        assertThat(estimate.assumed()).isEmpty();
        assertThat(estimate.holds(9.9)).isFalse();
        assertThat(estimate.holds(400)).isTrue();
        assertThat(estimate.with(CycleEstimate.of(processor(), counts(4000)).orElseThrow()).range())
                .isEqualTo("10–4,000");
    }

    /** Warm data that fit the third level: a miss of the second goes there, not to memory. */
    @Test
    void aMissNearbyIsCheaper() {
        Map<String, double[]> counts = counts(100);
        counts.put("l2_misses", new double[] {3});
        Processor priced = processor().with(Map.of("l3_hit", new Cost(1, 5, Basis.MEASURED, "s")));

        assertThat(CycleEstimate.of(priced, counts).orElseThrow().range()).isEqualTo("55–160");
        assertThat(CycleEstimate.of(priced, counts, true).orElseThrow().range())
                .isEqualTo("28–115");
        assertThat(CycleEstimate.of(processor(), counts, true)).isEmpty();
    }

    @Test
    void nothingIsEstimatedWithoutCostsOrCounts() {
        Map<String, double[]> counts = counts(1);
        counts.remove("ipis");
        Processor unknown =
                new Processor("Q", Latencies.none(), new Processor.Costs(new LinkedHashMap<>()));

        assertThat(CycleEstimate.of(processor(), counts)).isEmpty();
        assertThat(CycleEstimate.of(processor(), Map.of())).isEmpty();
        assertThat(CycleEstimate.of(unknown, counts(1))).isEmpty();
    }
}
