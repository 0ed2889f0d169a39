package org.feuerprobe.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.feuerprobe.guest.MissLatencies;
import org.feuerprobe.testbed.Latencies;
import org.feuerprobe.testbed.Processor;
import org.feuerprobe.testbed.Processor.Basis;
import org.feuerprobe.testbed.Processor.Cost;
import org.junit.jupiter.api.Test;

/** What was measured takes the place of what the file says. */
class HostCostsTests {
    private static final MissLatencies MISSES = new MissLatencies(14, 50, 400, 1, 2, 6);

    private static Processor processor() {
        return new Processor("P", Latencies.of(3, 4), new Processor.Costs(new LinkedHashMap<>()))
                .with(Map.of("ipi", new Cost(100, 27000, Basis.ASSUMED, "file")));
    }

    private static Cost ipi(HostCosts costs) {
        return costs.processor().costs().of("ipi").orElseThrow();
    }

    @Test
    void anInterruptToAnotherProcessorCostsUpToItsAnswer() {
        HostCosts costs = HostCosts.of(processor(), MISSES, OptionalDouble.of(2345));

        assertThat(ipi(costs).low()).isEqualTo(100);
        assertThat(ipi(costs).high()).isEqualTo(2345);
        assertThat(ipi(costs).basis()).isEqualTo(Basis.MEASURED);
        assertThat(costs.note())
                .isEqualTo(
                        "Measured on this core: a dependent load takes 14 cycles from the second level,"
                                + " 50 from the third, 400 from memory; another processor answers an"
                                + " interrupt after 2,345.");
    }

    @Test
    void withoutAnotherProcessorTheFilesCostStays() {
        HostCosts costs = HostCosts.of(processor(), MISSES, OptionalDouble.empty());

        assertThat(ipi(costs).high()).isEqualTo(27000);
        assertThat(ipi(costs).basis()).isEqualTo(Basis.ASSUMED);
        assertThat(costs.note()).endsWith("400 from memory.");
    }
}
