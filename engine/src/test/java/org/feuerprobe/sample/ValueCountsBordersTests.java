package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Tables of counts at the borders between what is tallied and what is sorted. */
class ValueCountsBordersTests {
    @Test
    void theRangeDoesNotChangeTheTable() {
        for (long range : new long[] {0, 1, 15, 16, 17, 1L << 33, Long.MAX_VALUE}) {
            long[] sample = {range, 0};
            ValueCounts counts = ValueCounts.of(sample);
            if (range == 0) {
                assertThat(counts.values()).containsExactly(0);
                assertThat(counts.counts()).containsExactly(2);
            } else {
                assertThat(counts.values()).as("range %d", range).containsExactly(0, range);
                assertThat(counts.counts()).as("range %d", range).containsExactly(1, 1);
            }
        }
        assertThat(ValueCounts.of(new long[] {-3, 0, -3}).values()).containsExactly(-3, 0);
        assertThat(ValueCounts.of(new long[] {-1, 2}).values()).containsExactly(-1, 2);
        assertThat(ValueCounts.of(new long[] {-9, 5, -9}).counts()).containsExactly(2, 1);
        assertThat(ValueCounts.of(new long[] {0, 1L << 40, 0}).counts()).containsExactly(2, 1);
    }

    @Test
    void theIndexOfAQuantileIsTheFirstWithItsShare() {
        long[] counts = {2, 3, 5};
        double[] orders = {0, 0.2, 0.21, 0.5, 0.51, 1};
        int[] indices = {0, 0, 1, 1, 2, 2};
        for (int i = 0; i < orders.length; i++) {
            assertThat(ValueCounts.indexOf(orders[i], counts))
                    .as("order %s", orders[i])
                    .isEqualTo(indices[i]);
        }
        assertThat(ValueCounts.indexOf(2, counts)).isEqualTo(2);
    }

    @Test
    void valuesAtALimitAreNotAboveIt() {
        ValueCounts counts = new ValueCounts(new long[] {1, 5, 9}, new long[] {2, 3, 4});
        assertThat(counts.above(0)).isEqualTo(9);
        assertThat(counts.above(1)).isEqualTo(7);
        assertThat(counts.above(8.5)).isEqualTo(4);
        assertThat(counts.above(9)).isZero();
    }

    @Test
    void aTableThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new ValueCounts(new long[] {1, 2}, new long[] {1}))
                .hasMessage("values=2 counts=1");
        assertThatThrownBy(() -> new ValueCounts(new long[] {1, 1}, new long[] {1, 1}))
                .hasMessage("values must ascend and counts be positive");
        assertThatThrownBy(() -> new ValueCounts(new long[] {1, 2}, new long[] {Long.MAX_VALUE, 1}))
                .isInstanceOf(ArithmeticException.class);
    }
}
