package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers with their uncertainty: the ends belong to an interval, and what is unknown is open. */
class IntervalTests {
    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void bothEndsBelongToAnInterval() {
        Estimate estimate = new Estimate(5, 3, 8, 0.9);
        assertThat(estimate.contains(3)).isTrue();
        assertThat(estimate.contains(8)).isTrue();
        assertThat(estimate.contains(Math.nextDown(3.0))).isFalse();
        assertThat(estimate.contains(Math.nextUp(8.0))).isFalse();
    }

    @Test
    void anExactNumberIsItsOwnInterval() {
        assertThat(Estimate.exact(7)).isEqualTo(new Estimate(7, 7, 7, 0.95));
    }

    @Test
    void aMarginIsAddedOnBothSides() {
        assertThat(Estimate.of(7, 2, 0.9)).isEqualTo(new Estimate(7, 5, 9, 0.9));
        assertThat(Estimate.of(7, -2, 0.9)).isEqualTo(new Estimate(7, 5, 9, 0.9));
        Estimate wide = Estimate.of(7, Double.NaN, 0.9);
        assertThat(wide.low()).isFinite().isLessThan(-1e300);
        assertThat(wide.high()).isFinite().isGreaterThan(1e300);
        assertThat(Estimate.of(7, INF, 0.9)).isEqualTo(wide);
    }

    @Test
    void aNegativeFactorSwapsTheEnds() {
        Estimate estimate = new Estimate(5, 3, 8, 0.9);
        assertThat(estimate.times(2)).isEqualTo(new Estimate(10, 6, 16, 0.9));
        assertThat(estimate.times(-2)).isEqualTo(new Estimate(-10, -16, -6, 0.9));
        assertThat(Estimate.open(5, 0.9).times(2))
                .isEqualTo(new Estimate(10, -Double.MAX_VALUE, Double.MAX_VALUE, 0.9));
        assertThat(new Estimate(1e300, 1e300, 1e300, 0.9).times(1e300).value())
                .isEqualTo(Double.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 0, 1, 0.9",
        "Infinity, 0, 1, 0.9",
        "1, 2, 1, 0.9",
        "1, NaN, 1, 0.9",
        "1, 1, NaN, 0.9",
        "1, 0, 2, 0",
        "1, 0, 2, 1",
        "1, 0, 2, NaN"
    })
    void whatIsNoIntervalIsRefused(double value, double low, double high, double level) {
        assertThatThrownBy(() -> new Estimate(value, low, high, level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value=%s low=%s high=%s level=%s".formatted(value, low, high, level));
    }

    /**
     * A step of 2 ticks, and 3 to 4 cycles a tick: from 8 to 12 ticks, 24 to 48 cycles. Below zero
     * the larger factor gives the lower limit.
     */
    @ParameterizedTest
    @CsvSource({"10, 24, 48", "2, 0, 16", "1, -4, 12", "-2, -16, 0", "-3, -20, -3", "0, -8, 8"})
    void aClockGivesLimitsOnBothSides(double ticks, double atLeast, double atMost) {
        Resolution clock = new Resolution(2, 3, 4);
        assertThat(clock.atLeast(ticks)).isEqualTo(atLeast);
        assertThat(clock.atMost(ticks)).isEqualTo(atMost);
    }

    @Test
    void aBatchSharesAStep() {
        Resolution clock = new Resolution(12, 3, 4, true);
        assertThat(clock.of(6)).isEqualTo(new Resolution(2, 3, 4, true));
        assertThat(Resolution.EXACT.of(6)).isEqualTo(Resolution.EXACT);
        assertThat(Resolution.EXACT.atLeast(7)).isEqualTo(7);
        assertThat(Resolution.EXACT.atMost(7)).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 1", "NaN, 1, 1", "0, 0, 1", "0, 2, 1", "0, NaN, 1", "0, 1, NaN"})
    void aClockThatIsNoneIsRefused(double quantum, double slowest, double fastest) {
        assertThatThrownBy(() -> new Resolution(quantum, slowest, fastest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "quantum=%s slowest=%s fastest=%s".formatted(quantum, slowest, fastest));
    }

    /**
     * The rank of an end is the binomial's: of n values, k below the median with chance C(n,k)/2^n.
     */
    @Test
    void theIntervalOfAQuantileIsTheBinomials() {
        for (int n = 1; n <= 40; n++) {
            double[] values = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
            double chance = Math.pow(0.5, n);
            double below = chance;
            int low = 0;
            while (below < 0.025) {
                low++;
                chance = chance * (n - low + 1) / low;
                below += chance;
            }
            Estimate found = OrderStatistics.interval(values, 0.5, 0.95);
            assertThat(found.low()).as("n=%d", n).isEqualTo(low < 1 ? -INF : low);
            assertThat(found.high()).as("n=%d", n).isEqualTo(low < 1 ? INF : n - low + 1);
            assertThat(found.value()).as("n=%d", n).isEqualTo(Math.ceil(n / 2.0));
        }
    }

    @Test
    void sortingLeavesTheCallersArrayAlone() {
        double[] values = {3, 1, 2};
        assertThat(OrderStatistics.sorted(values)).containsExactly(1, 2, 3);
        assertThat(values).containsExactly(3, 1, 2);
    }

    /** The smallest n with order^n at most 1 - level, tried one by one. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.95", "0.5, 0.75", "0.9, 0.95", "0.99, 0.95", "0.999, 0.99", "0.75, 0.4375"})
    void aQuantileTakesAsManyValuesAsItsPowersSay(double order, double level) {
        int n = 1;
        while (Math.pow(order, n) > (1 - level) * (1 + 1e-9)) {
            n++;
        }
        assertThat(OrderStatistics.required(order, level)).isEqualTo(n);
    }

    /** Benjamini and Hochberg by hand: p·n/rank, and no more than what a larger p has. */
    @Test
    void falseDiscoveriesAreCorrectedByRank() {
        double[] adjusted = FalseDiscovery.adjusted(new double[] {0.04, 0.01, 0.03, 0.9, 0.005});
        double[] expected = {0.05, 0.025, 0.05, 0.9, 0.025};
        for (int i = 0; i < expected.length; i++) {
            assertThat(adjusted[i]).as("test %d", i).isCloseTo(expected[i], within(1e-12));
        }
        assertThat(FalseDiscovery.adjusted(new double[0])).isEmpty();
        assertThat(FalseDiscovery.adjusted(new double[] {0.2})).containsExactly(0.2);
        assertThat(FalseDiscovery.adjusted(new double[] {1, 1})).containsExactly(1, 1);
    }

    /** By hand: mean 5, squares 9+1+1+1+0+0+4+16 = 32, deviation √(32/7), median 4.5. */
    @Test
    void describesAHandfulByHand() {
        Description found = Description.of(new double[] {9, 2, 4, 4, 4, 5, 5, 7}, 1);
        assertThat(found.n()).isEqualTo(8);
        assertThat(found.mean().value()).isEqualTo(5);
        assertThat(found.deviation()).isCloseTo(Math.sqrt(32 / 7.0), within(1e-12));
        assertThat(found.median().value()).isEqualTo(4);
        // Distances from 4.5: 0.5 0.5 0.5 0.5 0.5 2.5 2.5 4.5; their median is 0.5.
        assertThat(found.medianDeviation()).isCloseTo(1.4826 * 0.5, within(1e-12));
        assertThat(found.min()).isEqualTo(2);
        assertThat(found.max()).isEqualTo(9);
        assertThat(found.quantiles().sequencedKeySet())
                .containsExactly("p25", "p75", "p95", "p99", "p99.9", "p99.99");
        assertThat(found.quantiles().values())
                .extracting(Estimate::value)
                .containsExactly(4.0, 5.0, 9.0, 9.0, 9.0, 9.0);
        assertThat(found.mean())
                .isEqualTo(
                        new Bootstrap(1000, 1)
                                .bca(
                                        new double[] {9, 2, 4, 4, 4, 5, 5, 7},
                                        Description::mean,
                                        0.95));
    }

    @Test
    void oneValueHasAnOpenMean() {
        Description found = Description.of(new double[] {7}, 1);
        assertThat(found.mean()).isEqualTo(Estimate.open(7, 0.95));
        assertThat(found.deviation()).isZero();
    }

    @Test
    void equalValuesHaveAnExactMean() {
        assertThat(Description.of(new double[] {7, 7}, 1).mean()).isEqualTo(Estimate.exact(7));
    }

    /** Above 2,000 values the interval is mean ± 1.96 s/√n; up to there it is resampled. */
    @Test
    void manyValuesHaveANormalInterval() {
        double[] values = new double[2001];
        Arrays.setAll(values, i -> i % 2 == 0 ? 1 : 3);
        double mean = 2 - 1 / 2001.0;
        double squares = 1001 * (mean - 1) * (mean - 1) + 1000 * (3 - mean) * (3 - mean);
        double margin = 1.96 * Math.sqrt(squares / 2000) / Math.sqrt(2001);
        Estimate found = Description.of(values, 1).mean();
        assertThat(found.value()).isCloseTo(mean, within(1e-12));
        assertThat(found.high() - found.value()).isCloseTo(margin, within(1e-12));
        assertThat(found.value() - found.low()).isCloseTo(margin, within(1e-12));
        double[] fewer = Arrays.copyOf(values, 2000);
        assertThat(Description.of(fewer, 1).mean())
                .isEqualTo(new Bootstrap(1000, 1).bca(fewer, Description::mean, 0.95));
    }

    /** By hand: 10 ± t of two degrees (4.302653) · √(squares / 2 / 3). */
    @Test
    void meansOfBootsHaveStudentsInterval() {
        Estimate found = QuietMean.over(new double[] {7, 10, 13});
        assertThat(found.value()).isEqualTo(10);
        assertThat(found.high()).isCloseTo(10 + 4.302653 * Math.sqrt(3), within(1e-5));
        assertThat(found.low()).isCloseTo(10 - 4.302653 * Math.sqrt(3), within(1e-5));
    }
}
