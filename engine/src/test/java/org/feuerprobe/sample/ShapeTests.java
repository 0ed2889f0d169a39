package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drift by Spearman's coefficient, and modes of mixtures of normal values. */
class ShapeTests {
    /** So many values at the normal's quantiles, in an order without drift. */
    private static double[] normal(int n, double mean, double deviation) {
        NormalDistribution law = NormalDistribution.of(mean, deviation);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[(int) ((long) i * 7919 % n)] = law.inverseCumulativeProbability((i + 0.5) / n);
        }
        return values;
    }

    private static double[] joined(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    /** By hand, with d the differences of ranks: 1 - 6·Σd²/(n(n²-1)). */
    @ParameterizedTest
    @CsvSource({"'1,2,3', 1", "'3,2,1', -1", "'1,3,2', 0.5", "'2,4,1,3', 0", "'10,30,20,40', 0.8"})
    void driftIsSpearmansCoefficient(String text, double coefficient) {
        double[] values = Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
        Shape shape = Shape.of(values);
        assertThat(shape.drift()).isCloseTo(coefficient, within(1e-12));
        assertThat(shape.driftChance()).isEqualTo(1);
    }

    /** Ranks 0.5 0.5 2.5 2.5 about 1.5: 4 over √(5·4). */
    @Test
    void equalValuesShareTheirRank() {
        assertThat(Shape.of(new double[] {1, 1, 2, 2}).drift())
                .isCloseTo(4 / Math.sqrt(20), within(1e-12));
        assertThat(Shape.of(new double[] {5, 5, 5, 5}).drift()).isZero();
        assertThat(Shape.of(new double[] {1, 2}).drift()).isZero();
    }

    /** From ten values on: z = r·√(n-1), on both sides. */
    @Test
    void theChanceOfDriftIsTheNormals() {
        double[] nine = IntStream.range(0, 9).asDoubleStream().toArray();
        double[] ten = IntStream.range(0, 10).asDoubleStream().toArray();
        assertThat(Shape.of(nine).driftChance()).isEqualTo(1);
        assertThat(Shape.of(ten).driftChance()).isCloseTo(0.0026998, within(1e-7)); // z = 3
        assertThat(Shape.of(ten).drifts()).isFalse();
        double[] falling = IntStream.range(0, 12).mapToDouble(i -> -i).toArray();
        assertThat(Shape.of(falling).driftChance()).isCloseTo(0.00091112, within(1e-8)); // √11
        assertThat(Shape.of(falling).drifts()).isTrue();
        assertThat(new Shape(1, 0.001, 0).drifts()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "200, 0, 1", // one
        "100, 2, 1", // two that run into each other
        "100, 8, 2", // two apart
        "60, 30, 2"
    })
    void normalValuesAboutTwoLevelsHaveTwoModesWhereTheyAreApart(
            int each, double apart, int modes) {
        double[] values = joined(normal(each, 100, 1), normal(each, 100 + apart, 1));
        Shape shape = Shape.of(values);
        assertThat(shape.modes()).isEqualTo(modes);
        assertThat(shape.multimodal()).isEqualTo(modes > 1);
    }

    @Test
    void everyLevelThatIsApartIsAMode() {
        for (int levels = 1; levels <= 5; levels++) {
            double[][] parts = new double[levels][];
            for (int i = 0; i < levels; i++) {
                parts[i] = normal(200, 100 + 20 * i, 1);
            }
            assertThat(Shape.of(joined(parts)).modes()).as("%d levels", levels).isEqualTo(levels);
        }
    }

    /** Peaks in any order of height: rising, falling, the middle one the highest or the lowest. */
    @ParameterizedTest
    @CsvSource({"50, 100, 200", "200, 100, 50", "60, 200, 60", "200, 60, 200", "100, 60, 200"})
    void modesCountWhateverTheirHeights(int first, int second, int third) {
        double[] values =
                joined(normal(first, 100, 1), normal(second, 120, 1), normal(third, 140, 1));
        assertThat(Shape.of(values).modes()).isEqualTo(3);
    }

    /** A peak below a tenth of the highest is none, wherever it lies. */
    @Test
    void aFewValuesApartAreNoMode() {
        for (double level : new double[] {80, 120}) {
            assertThat(Shape.of(joined(normal(400, 100, 1), normal(12, level, 1))).modes())
                    .as("at %s", level)
                    .isEqualTo(1);
            assertThat(Shape.of(joined(normal(400, 100, 1), normal(120, level, 1))).modes())
                    .as("at %s", level)
                    .isEqualTo(2);
        }
    }

    @Test
    void fewerThanThirtyValuesHaveOneMode() {
        double[] values = new double[30];
        Arrays.setAll(values, i -> (i % 2) * 100 + i * 0.01);
        assertThat(Shape.of(values).modes()).isEqualTo(2);
        assertThat(Shape.of(Arrays.copyOf(values, 29)).modes()).isEqualTo(1);
        double[] equal = new double[50];
        assertThat(Shape.of(equal).modes()).isEqualTo(1);
    }

    /** One value in a hundred at each end does not set the range in which modes are sought. */
    @Test
    void aWildValueDoesNotHideModes() {
        double[] values = joined(normal(200, 100, 1), normal(200, 110, 1));
        values[0] = 1e9;
        values[399] = -1e9;
        assertThat(Shape.of(values).modes()).isEqualTo(2);
    }

    /** Of more than 20,000 values every kth counts, from the first to nearly the last. */
    @Test
    void manyValuesAreThinnedEvenly() {
        double[] rising = new double[50_000];
        Arrays.setAll(rising, i -> i);
        assertThat(Shape.of(rising).drift()).isCloseTo(1, within(1e-9));
        double[] late = new double[40_000];
        Arrays.setAll(late, i -> i < 20_000 ? i * 0.37 % 1 : 5 + i * 0.37 % 1);
        // Half of all pairs of ranks rise: 0.75 for two levels, less what is random within them.
        assertThat(Shape.of(late).drift()).isCloseTo(0.75, within(0.01));
        double[] exactly = new double[20_000];
        Arrays.setAll(exactly, i -> i % 2 == 0 ? i : -i);
        double[] alternating = Arrays.copyOf(exactly, 20_000);
        assertThat(Shape.of(alternating).modes()).isGreaterThanOrEqualTo(1);
        assertThat(Math.abs(Shape.of(alternating).drift())).isLessThan(0.01);
    }
}
