package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnitOfEnergyTests {
    @ParameterizedTest
    @CsvSource({
        "J, 2.407, 2407000000, nJ",
        "mJ, 2.407, 2407000, nJ",
        "uJ, 2.407, 2407, nJ",
        "µJ, 0.1, 100, nJ",
        "nJ, 2.407, 2.407, nJ",
        "pJ, 2407, 2.407, nJ",
        "Wh, 1, 3600000000000, nJ",
        "kWh, 1, 3600000000000000, nJ",
        "Millijoules, 1, 1000000, nJ",
        "J/op, 1, 1000000000, nJ",
        "W, 3, 3, W",
        "mW, 250, 0.25, W",
        "uW, 1, 0.000001, W",
        "kW, 1.1, 1100, W",
        "Js, 1, 1, Js",
    })
    void convertsWithoutARoundingErrorOfItsOwn(
            String word, double amount, double decided, String in) {
        UnitOfEnergy unit = UnitOfEnergy.of(word).orElseThrow();
        assertThat(unit.decided(amount)).isEqualTo(decided);
        assertThat(unit.fromDecided(decided)).isEqualTo(amount);
        assertThat(unit.decidedIn()).isEqualTo(in);
    }

    @ParameterizedTest
    @CsvSource({"MJ", "j", "w", "MW", "S", "energy", "''"})
    void otherWordsAreNoUnitsOfEnergy(String word) {
        assertThat(UnitOfEnergy.of(word)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "energy_uj, uJ",
        "Energy (mJ), mJ",
        "Power (W), W",
        "package_power_W, W",
        "nJ, nJ",
        "energy_J_per_op, J",
    })
    void findsTheUnitInTheNameOfAColumn(String name, String symbol) {
        assertThat(Unit.in(name)).map(Unit::symbol).hasValue(symbol);
    }

    /** A lattice's words are called W. */
    @ParameterizedTest
    @CsvSource({"W", "J", "ops_per_J", "items/J", "size"})
    void aParameterOrARateIsNoEnergy(String name) {
        assertThat(Unit.in(name)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(UnitOfEnergy.class)
    void everySpellingNamesItsUnitAndNoTime(UnitOfEnergy unit) {
        assertThat(unit.words())
                .allSatisfy(word -> {
                    assertThat(UnitOfEnergy.of(word)).isEqualTo(Optional.of(unit));
                    assertThat(UnitOfTime.of(word)).isEmpty();
                });
    }

    @Test
    void convertsADataSet() {
        Point point = new Point(Map.of(), List.of(new double[] {2.5}));
        DataSet energy = Unit.decided(new DataSet("a", "uJ", false, List.of(point)));
        assertThat(energy.metric()).isEqualTo("nJ");
        assertThat(energy.points().getFirst().values()).containsExactly(2500);
    }
}
