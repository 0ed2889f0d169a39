package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.FDistribution;
import org.feuerprobe.sample.OrderStatistics;
import org.junit.jupiter.api.Test;

/** Kish's design effect of boots, from an analysis of variance of ranks that is done by hand. */
class DesignEffectTests {
    @Test
    void independentValuesCountInFull() {
        assertThat(DesignEffect.of(List.of(new double[] {1, 2, 3}))).isEqualTo(1);
        assertThat(DesignEffect.of(List.of(new double[] {1}, new double[] {9}))).isEqualTo(1);
        assertThat(DesignEffect.of(List.of(new double[] {1, 4}, new double[] {2, 3}))).isEqualTo(1);
        assertThat(DesignEffect.of(List.of(new double[] {5, 5}, new double[] {5, 5}))).isEqualTo(1);
    }

    @Test
    void bootsOfEqualValuesCountAsOneValueEach() {
        assertThat(DesignEffect.of(List.of(new double[] {1, 1, 1}, new double[] {2}))).isEqualTo(2);
        assertThat(DesignEffect.of(List.of(new double[] {7, 7, 7}, new double[] {3, 3, 3})))
                .isEqualTo(3);
    }

    /**
     * Ranks 0 1 | 2 3: means 0.5 and 2.5 about 1.5, so 4 across with one degree, and 0.5 within per
     * degree. The variance between boots is (4 - 0.5)/2, the correlation 1.75/2.25 = 7/9.
     */
    @Test
    void twoBootsThatDoNotOverlap() {
        assertThat(DesignEffect.of(List.of(new double[] {10, 20}, new double[] {30, 900})))
                .isCloseTo(1 + 7 / 9.0, within(1e-12));
    }

    /** Ranks 0 1.5 | 1.5 3: means 0.75 and 2.25, 2.25 across and 1.125 within; F = 2, p = 0.29. */
    @Test
    void aDifferenceThatChanceExplainsIsNone() {
        assertThat(FDistribution.of(1, 2).survivalProbability(2.0)).isGreaterThan(0.25);
        assertThat(DesignEffect.of(List.of(new double[] {1, 2}, new double[] {2, 3}))).isEqualTo(1);
    }

    /**
     * Ranks 0 1 3 | 2 4 5 (means 4/3 and 11/3 about 2.5): across 3·2·(7/6)² = 49/6, within (14/3 +
     * 14/3)/4 = 7/3. F = 3.5, p = 0.135. Between (49/6 - 7/3)/3 = 35/18; r = 35/77 = 5/11.
     */
    @Test
    void bootsThatOverlapCountForMore() {
        assertThat(DesignEffect.of(List.of(new double[] {1, 2, 4}, new double[] {3, 5, 6})))
                .isCloseTo(1 + 2 * 5 / 11.0, within(1e-12));
    }

    /** Sizes 1, 2, 3: the usual size of a boot is (6 - 14/6)/2 = 11/6, and m is 14/6. */
    @Test
    void unequalBootsAreWeighedBySize() {
        List<double[]> boots =
                List.of(new double[] {1}, new double[] {2, 3}, new double[] {4, 5, 6});
        double across = (2.5 * 2.5 + 2 * 1 * 1 + 3 * 1.5 * 1.5) / 2;
        double inside = (0.5 + 2) / 3;
        double between = (across - inside) / (11 / 6.0);
        double expected = 1 + (14 / 6.0 - 1) * between / (between + inside);
        assertThat(DesignEffect.of(boots)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void onlyRanksCount() {
        List<double[]> plain = List.of(new double[] {1, 2, 4}, new double[] {3, 5, 6});
        List<double[]> heavy = List.of(new double[] {1, 2, 1e6}, new double[] {3, 1e9, 1e12});
        assertThat(DesignEffect.of(heavy)).isEqualTo(DesignEffect.of(plain));
    }

    /** Boots that differ a little: the effect is below 1.5, and others may still be slower. */
    @Test
    void bootsThatDifferALittleLeaveRoomForSlowerOnes() {
        double[] one = IntStream.range(0, 22).asDoubleStream().toArray();
        double[] other = Arrays.stream(one).map(value -> value + 2.25).toArray();
        List<double[]> boots = List.of(one, other);
        assertThat(DesignEffect.of(boots)).isBetween(1.0001, 1.5);

        double limit = ToleranceLimit.ofQuantiles(boots, 0.9, 0.95);

        double[] quantiles =
                boots.stream()
                        .mapToDouble(boot -> OrderStatistics.quantile(boot, 0.9, 1))
                        .toArray();
        assertThat(limit).isEqualTo(ToleranceLimit.of(quantiles, 0.9, 0.95));
        assertThat(limit).isGreaterThan(Arrays.stream(quantiles).max().orElseThrow());
    }

    @Test
    void bootsThatAreAlikeAskForNoRoom() {
        assertThat(
                        ToleranceLimit.ofQuantiles(
                                List.of(new double[] {1, 4}, new double[] {2, 3}), 0.9, 0.95))
                .isZero();
    }

    /** The same values as one: k of 2 at 90 % is 20.581 (Hahn and Meeker 1991, table A.12). */
    @Test
    void aLimitGrowsWithTheSpreadOfBoots() {
        assertThat(ToleranceLimit.of(new double[] {9, 11}, 0.9, 0.95))
                .isCloseTo(10 + 20.581 * Math.sqrt(2), within(0.3));
        assertThat(ToleranceLimit.of(new double[] {90, 110}, 0.9, 0.95))
                .isCloseTo(100 + 20.581 * 10 * Math.sqrt(2), within(3.0));
    }
}
