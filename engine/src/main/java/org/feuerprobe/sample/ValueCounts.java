package org.feuerprobe.sample;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Number of occurrences of each value: the exact distribution of a sample. It is short if values
 * repeat, as counts and ticks do. It gives every quantile, the largest value and the number of
 * values above any limit. Values ascend; counts are at least one.
 *
 * <p>Cost: building it sorts the values, or passes over them once if their range is small. A
 * quantile takes one pass over the distinct values.
 */
public record ValueCounts(long[] values, long[] counts) {
    /** Ranges up to this many times the number of values are counted instead of sorted. */
    private static final int DENSE = 8;

    public ValueCounts {
        if (values.length == 0 || values.length != counts.length) {
            throw new IllegalArgumentException(
                    "values=%d counts=%d".formatted(values.length, counts.length));
        }
        long total = 0;
        for (int i = 0; i < values.length; i++) {
            if (counts[i] < 1 || (i > 0 && values[i - 1] >= values[i])) {
                throw new IllegalArgumentException("values must ascend and counts be positive");
            }
            total = Math.addExact(total, counts[i]);
        }
    }

    /** Counts at least one value. */
    public static ValueCounts of(long[] sample) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (long value : sample) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        long range = most - least; // negative on overflow
        return range >= 0 && range < (long) DENSE * sample.length
                ? dense(sample, least, (int) range + 1)
                : sorted(sample);
    }

    private static ValueCounts dense(long[] sample, long least, int range) {
        int[] tally = new int[range];
        for (long value : sample) {
            tally[(int) (value - least)]++;
        }
        int distinct = 0;
        for (int count : tally) {
            distinct += count > 0 ? 1 : 0;
        }
        long[] values = new long[distinct];
        long[] counts = new long[distinct];
        int at = 0;
        for (int i = 0; i < range; i++) {
            if (tally[i] > 0) {
                values[at] = least + i;
                counts[at++] = tally[i];
            }
        }
        return new ValueCounts(values, counts);
    }

    private static ValueCounts sorted(long[] sample) {
        long[] sorted = sample.clone();
        Arrays.sort(sorted);
        long[] values = new long[sorted.length];
        long[] counts = new long[sorted.length];
        int at = -1;
        for (long value : sorted) {
            if (at < 0 || values[at] != value) {
                values[++at] = value;
            }
            counts[at]++;
        }
        return new ValueCounts(Arrays.copyOf(values, at + 1), Arrays.copyOf(counts, at + 1));
    }

    /** Number of values. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /**
     * Index of a quantile among ascending values with these counts: the first value such that at
     * least this share of all values is not larger.
     */
    public static int indexOf(double order, long[] counts) {
        long wanted = Math.max(1, (long) Math.ceil(order * Arrays.stream(counts).sum()));
        int at = 0;
        for (long seen = counts[0]; seen < wanted && at < counts.length - 1; seen += counts[at]) {
            at++;
        }
        return at;
    }

    public double mean() {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < values.length; i++) {
            sum = sum.add(BigInteger.valueOf(values[i]).multiply(BigInteger.valueOf(counts[i])));
        }
        return new BigDecimal(sum)
                .divide(BigDecimal.valueOf(total()), MathContext.DECIMAL128)
                .doubleValue();
    }

    public long max() {
        return values[values.length - 1];
    }

    /** Number of values above a limit. */
    public long above(double limit) {
        long above = 0;
        for (int i = values.length - 1; i >= 0 && values[i] > limit; i--) {
            above += counts[i];
        }
        return above;
    }

    /**
     * The smallest value such that at least this share of all values is not larger, as in {@link
     * Summary}.
     */
    public long quantile(double order) {
        return values[indexOf(order, counts)];
    }
}
