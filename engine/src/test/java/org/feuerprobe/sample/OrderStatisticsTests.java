package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderStatisticsTests {
    private static final double[] VALUES = {1, 2, 3, 4, 5, 7, 9, 12, 20, 31};

    /** Reference: Hyndman and Fan's nine definitions, as R and numpy compute them. */
    @Test
    void agreesWithTheNineDefinitionsOfR() {
        double[] at37 = {4.0, 4.0, 4.0, 3.7, 4.2, 4.07, 4.33, 4.156666666666667, 4.1675};
        double[] at90 = {20.0, 25.5, 20.0, 20.0, 25.5, 29.9, 21.1, 26.96666666666667, 26.6};
        for (int type = 1; type <= 9; type++) {
            assertThat(OrderStatistics.quantile(VALUES, 0.37, type))
                    .as("type %d", type)
                    .isCloseTo(at37[type - 1], within(1e-12));
            assertThat(OrderStatistics.quantile(VALUES, 0.9, type))
                    .as("type %d", type)
                    .isCloseTo(at90[type - 1], within(1e-12));
        }
    }

    /** The textbook sizes: 59 for p95, 299 for p99, 2,995 for p99.9 at 95 %. */
    @Test
    void knowsHowManyValuesAClaimNeeds() {
        assertThat(OrderStatistics.required(0.5, 0.95)).isEqualTo(5);
        assertThat(OrderStatistics.required(0.95, 0.95)).isEqualTo(59);
        assertThat(OrderStatistics.required(0.99, 0.95)).isEqualTo(299);
        assertThat(OrderStatistics.required(0.999, 0.95)).isEqualTo(2995);
        assertThat(OrderStatistics.chanceIfBroken(299, 0, 0.99)).isLessThanOrEqualTo(0.05);
        assertThat(OrderStatistics.chanceIfBroken(298, 0, 0.99)).isGreaterThan(0.05);
    }

    @Test
    void intervalOfTheMedianOfTenIsSecondToNinth() {
        Estimate median = OrderStatistics.interval(VALUES, 0.5, 0.95);
        assertThat(median.low()).isEqualTo(2);
        assertThat(median.high()).isEqualTo(20);
    }

    /** Binomial(100, 1/2): P(X <= 39) = 0.0176, P(X <= 40) = 0.0284; P(X <= 60) = 0.9824. */
    @Test
    void givesTheMedianItsBinomialInterval() {
        double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
        assertThat(OrderStatistics.interval(values, 0.5, 0.95))
                .isEqualTo(new Estimate(50, 40, 61, 0.95));
    }

    @Test
    void leavesAnEndOpenThatTooFewValuesCannotGive() {
        double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
        assertThat(OrderStatistics.interval(values, 0.99, 0.95).high())
                .isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(OrderStatistics.interval(new double[] {7}, 0.5, 0.95))
                .isEqualTo(Estimate.open(7, 0.95));
    }

    @Test
    void binomialTailsAreThoseOfR() {
        // pbinom(5, 1000, 0.01) and 1 - pbinom(2, 10, 0.3)
        assertThat(OrderStatistics.chanceIfBroken(1000, 5, 0.99))
                .isCloseTo(0.06613951, within(1e-7));
        assertThat(OrderStatistics.chanceIfKept(10, 3, 0.7))
                .isCloseTo(1 - 0.3827827864, within(1e-9));
        assertThat(OrderStatistics.chanceIfKept(10, 0, 0.7)).isEqualTo(1);
    }
}
