package org.feuerprobe.plot;

import java.util.Arrays;
import java.util.List;

/**
 * A chart as data.
 *
 * @param id unique among the charts of a report; letters, digits and hyphens
 * @param description what the chart shows, in a sentence, for readers who cannot see it
 * @param layers layers, from back to front
 */
public record Plot(
        String id, String title, String description, Axis x, Axis y, List<Layer> layers) {
    /**
     * An axis of a chart.
     *
     * @param log whether the axis is logarithmic
     * @param ticks values to label if there is room; empty for round numbers
     */
    public record Axis(String label, boolean log, double[] ticks) {
        public static Axis linear(String label) {
            return new Axis(label, false, new double[0]);
        }

        public static Axis log(String label) {
            return new Axis(label, true, new double[0]);
        }
    }

    public Plot {
        layers = List.copyOf(layers);
        if (!id.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("id='" + id + "'");
        }
    }

    /** Whether the chart is a heat map of cells rather than curves. */
    public boolean isMap() {
        return layers.stream().anyMatch(layer -> layer.style() == Style.CELLS);
    }

    /** Smallest and largest value on x. */
    public Range rangeX() {
        return Range.of(
                layers.stream()
                        .filter(layer -> layer.style() != Style.HORIZONTAL)
                        .flatMapToDouble(layer ->
                                layer.style() == Style.BARS
                                        ? java.util.stream.DoubleStream.concat(
                                                Arrays.stream(layer.x()), Arrays.stream(layer.z()))
                                        : Arrays.stream(layer.x()))
                        .toArray(),
                x.log());
    }

    /** Smallest and largest value on y, over the layers that determine the scale. */
    public Range rangeY() {
        return Range.of(
                layers.stream()
                        .filter(layer ->
                                layer.style() != Style.VERTICAL && layer.role() != Role.BOUND)
                        .flatMapToDouble(layer ->
                                layer.style() == Style.BAND || layer.style() == Style.SPREAD
                                        ? java.util.stream.DoubleStream.concat(
                                                Arrays.stream(layer.y()), Arrays.stream(layer.z()))
                                        : Arrays.stream(layer.y()))
                        .toArray(),
                y.log());
    }

    /** What a layer represents. Each role has the same colour in all charts. */
    public enum Role {
        SAMPLE,
        MEDIAN,
        MODEL,
        BAND,
        BOUND,
        LIMIT,
        REGIME
    }

    /** How a layer is drawn, and what its arrays mean. */
    public enum Style {
        /** Points at (x, y). */
        POINTS,
        /** A line through (x, y). */
        LINE,
        /** A dashed line through (x, y). */
        DASHED,
        /** Steps: y is valid from its x to the next. */
        STEPS,
        /** Bars from x to z, of height y. */
        BARS,
        /** The area between y and z. */
        BAND,
        /** Vertical strokes at x, from y to z. */
        SPREAD,
        /** A vertical line at each x. */
        VERTICAL,
        /** A horizontal line at each y. */
        HORIZONTAL,
        /** Cells at (x, y) with value z. */
        CELLS
    }

    /** Data of one kind. Arrays that the style uses have the same length. */
    public record Layer(String name, Role role, Style style, double[] x, double[] y, double[] z) {
        public Layer(String name, Role role, Style style, double[] x, double[] y) {
            this(name, role, style, x, y, new double[0]);
        }

        /** A layer of rows of numbers: which column is x, which y, and which z if there is one. */
        public static Layer ofRows(
                String name, Role role, Style style, List<double[]> rows, int x, int y, int... z) {
            return new Layer(
                    name,
                    role,
                    style,
                    column(rows, x),
                    column(rows, y),
                    z.length == 0 ? new double[0] : column(rows, z[0]));
        }

        private static double[] column(List<double[]> rows, int index) {
            return rows.stream().mapToDouble(row -> row[index]).toArray();
        }
    }

    /** A range of values; never empty, and above zero for a logarithmic axis. */
    public record Range(double from, double to) {
        static Range of(double[] values, boolean log) {
            double[] usable =
                    Arrays.stream(values)
                            .filter(v -> Double.isFinite(v) && (!log || v > 0))
                            .toArray();
            double from = Arrays.stream(usable).min().orElse(log ? 1 : 0);
            double to = Arrays.stream(usable).max().orElse(log ? 10 : 1);
            return from < to
                    ? new Range(from, to)
                    : log
                            ? new Range(from / 2, from * 2)
                            : from > 0 ? new Range(0, 1.5 * to) : new Range(from - 1, to + 1);
        }
    }
}
