package org.feuerprobe.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.OptionalDouble;
import org.feuerprobe.energy.EnergySource.Description;
import org.feuerprobe.energy.EnergySource.Quantity;
import org.feuerprobe.energy.OperationEnergy.Idle;
import org.feuerprobe.energy.OperationEnergy.Measured;
import org.junit.jupiter.api.Test;

class OperationEnergyTests {
    private static final Idle FIVE_WATTS = new Idle(10, 2, 100);

    /** 50 J in 2 s, of which 10 J are the idle machine's: 40 J for 1,000 operations of 2 ms. */
    @Test
    void subtractsTheIdleMachine() {
        OperationEnergy found = OperationEnergy.of(new Measured(50, 2, 100, 1000), FIVE_WATTS);

        assertThat(found.joules()).isEqualTo(0.04);
        assertThat(found.seconds()).isEqualTo(0.002);
        assertThat(found.energyDelay()).isEqualTo(0.00008, within(1e-18));
    }

    @Test
    void refusesFewUpdates() {
        assertThatThrownBy(() -> OperationEnergy.of(new Measured(50, 2, 99, 1000), FIVE_WATTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the source changed 99 times while the operations ran, want at least 100: measure longer");
        assertThatThrownBy(() ->
                        OperationEnergy.of(new Measured(50, 2, 100, 1000), new Idle(10, 2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the source changed 1 time while the machine was idle, want at least 100: measure longer");
    }

    /** 10 W for a second, then rising to 30 W in another: 10 J and 20 J. */
    @Test
    void integratesPower() throws IOException {
        EnergyCount count =
                new EnergyCount(
                        new Description(
                                "meter",
                                "socket",
                                "all",
                                Quantity.POWER,
                                0.1,
                                OptionalDouble.empty(),
                                "here"));
        count.add(0, 10);
        count.add(1_000_000_000L, 10);
        count.add(2_000_000_000L, 30);

        assertThat(count.joules()).isEqualTo(30);
        assertThat(count.updates()).isEqualTo(1);
    }
}
