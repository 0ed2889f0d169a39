package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bootstrap intervals against the formulas of Efron and Tibshirani, written out plainly. */
class BootstrapByHandTests {
    private static final double[] VALUES = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9};

    /** A statistic whose n-th call returns the n-th of these numbers, then the observed one. */
    private static ToDoubleFunction<double[]> script(int rounds, double observed) {
        AtomicInteger call = new AtomicInteger();
        return _ -> call.get() < rounds ? (call.getAndIncrement() * 7) % rounds : observed;
    }

    /** Resamples give 0 to 100 in some order, so shares are read off: 2.5 % is 2.5. */
    @Test
    void percentilesInterpolateBetweenOrderedResamples() {
        Estimate estimate = new Bootstrap(101, 1).percentile(VALUES, script(101, 42), 0.95);

        assertThat(estimate.value()).isEqualTo(42);
        assertThat(estimate.low()).isCloseTo(2.5, within(1e-9));
        assertThat(estimate.high()).isCloseTo(97.5, within(1e-9));
        assertThat(estimate.level()).isEqualTo(0.95);
    }

    @Test
    void percentilesOfBootsAreReadTheSameWay() {
        Estimate estimate =
                new Bootstrap(101, 1)
                        .hierarchical(
                                List.of(new double[] {1}, new double[] {2, 3}),
                                script(101, 42),
                                0.9);

        assertThat(estimate.low()).isCloseTo(5, within(1e-9));
        assertThat(estimate.high()).isCloseTo(95, within(1e-9));
    }

    /**
     * The formula of section 14.3: share of resamples below (ties half), jackknife acceleration.
     */
    private static double[] bca(
            double[] values, ToDoubleFunction<double[]> statistic, int rounds, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[rounds];
        for (int r = 0; r < rounds; r++) {
            double[] sample = new double[values.length];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = values[random.nextInt(values.length)];
            }
            drawn[r] = statistic.applyAsDouble(sample);
        }
        double observed = statistic.applyAsDouble(values);
        double less = Arrays.stream(drawn).filter(d -> d < observed).count();
        double ties = Arrays.stream(drawn).filter(d -> d == observed).count();
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double bias = normal.inverseCumulativeProbability((less + ties / 2) / rounds);
        double[] left = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            List<Double> others = new ArrayList<>();
            for (int j = 0; j < values.length; j++) {
                if (j != i) {
                    others.add(values[j]);
                }
            }
            left[i] = statistic.applyAsDouble(others.stream().mapToDouble(v -> v).toArray());
        }
        double mean = Arrays.stream(left).average().orElseThrow();
        double cubes = Arrays.stream(left).map(l -> Math.pow(mean - l, 3)).sum();
        double squares = Arrays.stream(left).map(l -> Math.pow(mean - l, 2)).sum();
        double acceleration = squares > 0 ? cubes / (6 * Math.pow(squares, 1.5)) : 0;
        double[] ends = new double[2];
        for (int end = 0; end < 2; end++) {
            double z = bias + normal.inverseCumulativeProbability(end == 0 ? 0.025 : 0.975);
            double share = normal.cumulativeProbability(bias + z / (1 - acceleration * z));
            ends[end] = OrderStatistics.quantile(drawn, share, 7);
        }
        return ends;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theAcceleratedIntervalIsThatOfTheFormula(long seed) {
        double[] values =
                new SplittableRandom(seed).doubles(12).map(u -> -10 * Math.log1p(-u)).toArray();
        for (ToDoubleFunction<double[]> statistic :
                List.<ToDoubleFunction<double[]>>of(
                        Description::mean,
                        v -> OrderStatistics.quantile(v, 0.5, 7),
                        v -> Arrays.stream(v).max().orElseThrow())) {
            double[] expected = bca(values, statistic, 400, seed);

            Estimate found = new Bootstrap(400, seed).bca(values, statistic, 0.95);

            assertThat(found.value()).isEqualTo(statistic.applyAsDouble(values));
            assertThat(found.low()).isCloseTo(expected[0], within(1e-9));
            assertThat(found.high()).isCloseTo(expected[1], within(1e-9));
        }
    }

    /**
     * From 4,000 values on, only some 2,000 are left out in turn, evenly spread over the sample.
     */
    @Test
    void ofManyValuesEveryKthIsLeftOut() {
        int n = 4001;
        double[] values = new Random(1).doubles(n).toArray();
        AtomicInteger without = new AtomicInteger();
        ToDoubleFunction<double[]> counting =
                v -> {
                    without.addAndGet(v.length == n - 1 ? 1 : 0);
                    return Description.mean(v);
                };

        new Bootstrap(20, 1).bca(values, counting, 0.9);

        assertThat(without.get()).isEqualTo(2001);
    }

    @Test
    void anIntervalThatNoResampleContradictsIsTheExtremes() {
        ToDoubleFunction<double[]> observedIsHigh = v -> Arrays.equals(v, VALUES) ? 100 : v[0];
        Estimate estimate = new Bootstrap(50, 1).bca(VALUES, observedIsHigh, 0.95);

        assertThat(estimate.low()).isBetween(1.0, 9.0);
        assertThat(estimate.high()).isEqualTo(9);
    }

    /**
     * Draws whole boots: of a boot of zeros and one of tens, means are multiples of their share.
     */
    @Test
    void bootsAreDrawnWhole() {
        List<double[]> boots = List.of(new double[] {0, 0, 0}, new double[] {10});
        List<double[]> seen = new ArrayList<>();
        ToDoubleFunction<double[]> statistic =
                v -> {
                    seen.add(v);
                    return Description.mean(v);
                };

        Estimate estimate = new Bootstrap(200, 5).hierarchical(boots, statistic, 0.95);

        assertThat(estimate.value()).isEqualTo(2.5);
        assertThat(seen).hasSize(201);
        assertThat(seen.subList(0, 200))
                .allSatisfy(v -> {
                    int tens = (int) Arrays.stream(v).filter(x -> x == 10).count();
                    int zeros = v.length - tens;
                    assertThat(zeros % 3).isZero();
                    assertThat(zeros / 3 + tens).isEqualTo(2);
                });
        assertThat(seen.subList(0, 200)).anySatisfy(v -> assertThat(v).hasSize(2));
        assertThat(seen.subList(0, 200)).anySatisfy(v -> assertThat(v).hasSize(6));
        assertThat(estimate.low()).isZero();
        assertThat(estimate.high()).isEqualTo(10);
    }

    /** One long boot among short ones may be drawn every time. */
    @Test
    void aLongBootMayBeDrawnManyTimes() {
        double[] large = new double[100];
        Arrays.fill(large, 1);
        List<double[]> boots = new ArrayList<>(List.of(large));
        for (int i = 0; i < 3; i++) {
            boots.add(new double[] {2});
        }
        List<Integer> sizes = new ArrayList<>();

        new Bootstrap(2000, 9)
                .hierarchical(
                        boots,
                        v -> {
                            sizes.add(v.length);
                            return v[0];
                        },
                        0.9);

        assertThat(sizes).contains(4, 103, 202, 301, 400);
    }

    @Test
    void fewerThanTwentyRoundsAreRefused() {
        assertThat(new Bootstrap(20, 1).percentile(VALUES, Description::mean, 0.9).value())
                .isCloseTo(77 / 15.0, within(1e-12));
        assertThatThrownBy(() -> new Bootstrap(19, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rounds=19, want at least 20");
    }
}
