package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ValueCountsTests {
    @Test
    void countsAHandfulByHand() {
        ValueCounts counts = ValueCounts.of(new long[] {7, 5, 7, 9, 7});
        assertThat(counts.values()).containsExactly(5, 7, 9);
        assertThat(counts.counts()).containsExactly(1, 3, 1);
        assertThat(counts.total()).isEqualTo(5);
        assertThat(counts.quantile(0.2)).isEqualTo(5);
        assertThat(counts.quantile(0.21)).isEqualTo(7);
        assertThat(counts.quantile(0.8)).isEqualTo(7);
        assertThat(counts.quantile(0.99)).isEqualTo(9);
        assertThat(counts.above(6.5)).isEqualTo(4);
        assertThat(counts.above(7)).isEqualTo(1);
        assertThat(counts.above(9)).isZero();
        assertThat(counts.max()).isEqualTo(9);
    }

    @Test
    void saysWhatTheSortedSampleSays() {
        SplittableRandom random = new SplittableRandom(1);
        for (long range : new long[] {1, 3, 1_000, 1L << 40, Long.MAX_VALUE}) {
            long[] sample = random.longs(999, -range, range).toArray();
            long[] sorted = sample.clone();
            Arrays.sort(sorted);
            ValueCounts counts = ValueCounts.of(sample);
            assertThat(counts.total()).isEqualTo(999);
            assertThat(counts.mean()).isEqualTo(average(sample));
            assertThat(counts.max()).isEqualTo(sorted[998]);
            for (double order : new double[] {0, 0.01, 0.5, 0.99, 0.999, 1}) {
                int at = Math.max(0, (int) Math.ceil(order * 999) - 1);
                assertThat(counts.quantile(order)).isEqualTo(sorted[at]);
            }
            assertThat(counts.above(0))
                    .isEqualTo(Arrays.stream(sample).filter(value -> value > 0).count());
        }
    }

    @Test
    void countsTheWholeRangeOfLong() {
        ValueCounts counts = ValueCounts.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0});
        assertThat(counts.values()).containsExactly(Long.MIN_VALUE, 0, Long.MAX_VALUE);
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThatIllegalArgumentException().isThrownBy(() -> ValueCounts.of(new long[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ValueCounts(new long[] {2, 1}, new long[] {1, 1}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ValueCounts(new long[] {1}, new long[] {0}));
    }

    /** A sum of large values leaves the range of a long. */
    private static double average(long[] sample) {
        BigDecimal sum = BigDecimal.ZERO;
        for (long value : sample) {
            sum = sum.add(BigDecimal.valueOf(value));
        }
        return sum.divide(BigDecimal.valueOf(sample.length), MathContext.DECIMAL128).doubleValue();
    }
}
