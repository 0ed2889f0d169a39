package org.feuerprobe.plot;

import java.util.Arrays;
import java.util.List;

/**
 * One chart as data.
 *
 * @param id unique among the charts of a report; letters, digits and hyphens
 * @param description what is to be seen, in a sentence, for those who cannot see it
 * @param layers from back to front
 */
public record Plot(
        String id, String title, String description, Axis x, Axis y, List<Layer> layers) {
    /**
     * One axis.
     *
     * @param log whether it starts logarithmic
     * @param ticks values to label where they fit; empty where round numbers will do
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

    /** Whether it is a map of cells rather than curves. */
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

    /** Smallest and largest value on y of the layers that set the scale. */
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

    /** What a layer stands for; it has one colour everywhere. */
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
        /** (x, y). */
        POINTS,
        /** Through (x, y). */
        LINE,
        /** Through (x, y), dashed. */
        DASHED,
        /** Steps: y holds from its x up to the next. */
        STEPS,
        /** From x to z, as high as y. */
        BARS,
        /** Between y and z. */
        BAND,
        /** At x from y up to z. */
        SPREAD,
        /** A line at each x. */
        VERTICAL,
        /** A line at each y. */
        HORIZONTAL,
        /** A cell at (x, y) of value z. */
        CELLS
    }

    /** Data of one kind, as long as each other where they mean something. */
    public record Layer(String name, Role role, Style style, double[] x, double[] y, double[] z) {
        public Layer(String name, Role role, Style style, double[] x, double[] y) {
            this(name, role, style, x, y, new double[0]);
        }
    }

    /** From where to where; never empty, and above zero where it is for a logarithmic axis. */
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
