package org.feuerprobe.sample;

import java.util.Arrays;

/**
 * Raw values of one benchmark at one point in one boot, as the kernel reported them.
 *
 * @param boot number of the boot in its campaign
 * @param seed seed of that boot's plan
 * @param batch operations in one value
 * @param operation values of the operation, in the metric's unit, overhead included
 * @param twin values of its overhead twin
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

    /** Whether the twin never varied. */
    public boolean overheadIsStable() {
        return Arrays.stream(twin).max().orElseThrow() == overhead();
    }

    /**
     * Values per operation, net of the twin's mean, which is its only value where it never varied:
     * what is read in steps of a clock averages to what it took. May come out below zero where the
     * operation is shorter than a step.
     */
    public double[] net() {
        return net(Arrays.stream(twin).average().orElseThrow());
    }

    /** Values per operation, net of the twin's smallest: none took more. */
    public double[] atMost() {
        return net((double) overhead());
    }

    private double[] net(double overhead) {
        return Arrays.stream(operation).mapToDouble(value -> (value - overhead) / batch).toArray();
    }

    /** Whether two boots gave the same raw values. */
    public boolean sameValues(BootSamples other) {
        return batch == other.batch
                && Arrays.equals(operation, other.operation)
                && Arrays.equals(twin, other.twin);
    }
}
