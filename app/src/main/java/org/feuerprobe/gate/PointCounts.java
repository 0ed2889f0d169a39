package org.feuerprobe.gate;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Summary;

/**
 * The exact counts of a benchmark at one point, per operation, with the overhead twin subtracted.
 *
 * @param point {@code N_caps=16 K=2}; empty if the benchmark has a single point
 * @param work seeds of the boots with their numbers of values, such as {@code 1x8}; counts of
 *     different work cannot be compared
 * @param digest hash of all values in their order
 */
public record PointCounts(
        String operation,
        String benchmark,
        String point,
        String work,
        double min,
        double max,
        double mean,
        String digest) {
    private static final int DIGITS = 16;

    public static PointCounts of(Measurement measurement) {
        Summary summary = measurement.summary();
        return new PointCounts(
                measurement.operation(),
                measurement.benchmark(),
                Numbers.point(measurement.parameters()),
                work(measurement),
                summary.min(),
                summary.max(),
                summary.mean(),
                digest(measurement));
    }

    /** Seeds of the boots with their numbers of values. */
    public static String work(Measurement measurement) {
        return measurement.boots().stream()
                .map(boot -> boot.seed() + "x" + boot.operation().length)
                .collect(Collectors.joining(" "));
    }

    /** Benchmark and point. */
    public String name() {
        return (benchmark + " " + point).strip();
    }

    private static String digest(Measurement measurement) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (BootSamples boot : measurement.boots()) {
                double[] net = boot.net();
                ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Double.BYTES * net.length);
                bytes.putLong(boot.seed());
                for (double value : net) {
                    bytes.putDouble(value);
                }
                digest.update(bytes.array());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
