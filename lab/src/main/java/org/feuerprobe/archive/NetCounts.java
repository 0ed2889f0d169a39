package org.feuerprobe.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.feuerprobe.sample.Summary;
import org.feuerprobe.sample.ValueCounts;
import org.jspecify.annotations.Nullable;

/**
 * Number of occurrences of each net value, over all boots. A net value is {@code (value - mean of
 * the boot's twin) / batch}. Exact. Cost: linear in the distinct values, not in the samples.
 */
public record NetCounts(double[] values, long[] counts) {
    /** The two tables of one boot. */
    record Boot(BootName name, ValueCounts operation, ValueCounts twin) {}

    /** The boots of one point. */
    record Point(SeriesName name, List<Boot> boots) {
        NetCounts counts() {
            return NetCounts.of(boots);
        }
    }

    static NetCounts of(List<Boot> boots) {
        TreeMap<Double, Long> merged = new TreeMap<>();
        for (Boot boot : boots) {
            long[] values = boot.operation().values();
            double overhead = boot.twin().mean();
            for (int i = 0; i < values.length; i++) {
                double net = (values[i] - overhead) / boot.name().batch();
                merged.merge(net, boot.operation().counts()[i], Long::sum);
            }
        }
        return new NetCounts(
                merged.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                merged.values().stream().mapToLong(Long::longValue).toArray());
    }

    public long total() {
        return Arrays.stream(counts).sum();
    }

    public double max() {
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
    public double quantile(double order) {
        return values[ValueCounts.indexOf(order, counts)];
    }

    Summary summary() {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * counts[i];
        }
        long total = total();
        return new Summary(
                (int) Math.min(Integer.MAX_VALUE, total),
                values[0],
                quantile(0.5),
                quantile(0.99),
                max(),
                sum / total);
    }

    /** Collects the points of a block file of counts or of values. */
    static final class Reader implements BlockFile.Visitor {
        private final List<Point> points = new ArrayList<>();
        private List<Boot> boots = new ArrayList<>();
        private @Nullable BootName boot;
        private @Nullable ValueCounts operation;

        List<Point> all() {
            return points;
        }

        @Override
        public void series(SeriesName name) {
            boots = new ArrayList<>();
            points.add(new Point(name, boots));
        }

        @Override
        public void boot(BootName name) {
            boot = name;
        }

        @Override
        public void values(SampleRow row, long[] values) {
            table(row, ValueCounts.of(values));
        }

        @Override
        public void table(SampleRow row, ValueCounts table) {
            if (row == SampleRow.OPERATION) {
                operation = table;
            } else if (boot != null && operation != null) {
                boots.add(new Boot(boot, operation, table));
            }
        }
    }
}
