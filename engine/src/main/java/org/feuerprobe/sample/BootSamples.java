package org.feuerprobe.sample;

import java.util.Arrays;

/**
 * Raw values of one benchmark at one point in one boot.
 *
 * @param boot number of the boot within its campaign
 * @param seed seed of that boot's plan
 * @param batch operations per value
 * @param operation values of the operation in the metric's unit, including the overhead
 * @param twin values of the overhead twin
 */
public record BootSamples(int boot, long seed, int batch, long[] operation, long[] twin) {
    public BootSamples {
        if (operation.length == 0 || twin.length == 0 || batch < 1) {
            throw new IllegalArgumentException(
                    "operation=%d twin=%d batch=%d"
                            .formatted(operation.length, twin.length, batch));
        }
    }

    /** Smallest value of the overhead twin. */
    public long overhead() {
        return Arrays.stream(twin).min().orElseThrow();
    }

    /** Whether all values of the twin are equal. */
    public boolean overheadIsStable() {
        return Arrays.stream(twin).max().orElseThrow() == overhead();
    }

    /**
     * Values per operation, after subtracting the twin's mean. The mean is used because a clock has
     * a finite step, and only a mean averages it out. A value may be negative if the operation is
     * shorter than a step.
     */
    public double[] net() {
        return overheadIsStable() ? atMost() : net(Arrays.stream(twin).average().orElseThrow());
    }

    /** Upper limits on the values per operation: only the twin's smallest value is subtracted. */
    public double[] atMost() {
        long overhead = overhead();
        return Arrays.stream(operation)
                .mapToDouble(value -> (double) (value - overhead) / batch)
                .toArray();
    }

    /** Whether every value net of the overhead is small enough to be held without rounding. */
    public boolean isExact() {
        long overhead = overhead();
        return Arrays.stream(operation)
                .allMatch(value -> {
                    long net = value - overhead;
                    boolean overflow = ((value ^ overhead) & (value ^ net)) < 0;
                    return !overflow && Math.abs(net) <= (long) Numbers.EXACT;
                });
    }

    private double[] net(double overhead) {
        return Arrays.stream(operation).mapToDouble(value -> (value - overhead) / batch).toArray();
    }

    /** Whether two boots have the same raw values. */
    public boolean sameValues(BootSamples other) {
        return batch == other.batch
                && Arrays.equals(operation, other.operation)
                && Arrays.equals(twin, other.twin);
    }
}
