package org.feuerprobe.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.feuerprobe.plot.Plot;
import org.feuerprobe.plot.Plot.Axis;
import org.feuerprobe.plot.Plot.Layer;
import org.feuerprobe.plot.Plot.Role;
import org.feuerprobe.plot.Plot.Style;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;

/**
 * Charts of the values at the largest point: histogram, empirical distribution, tail on a
 * logarithmic scale, and boots side by side. If all values are equal there are no charts, because a
 * sentence says that better.
 */
final class DistributionPlots {
    private static final int MOST_BARS = 60;
    private static final int MOST_STEPS = 500;

    /**
     * A limit is drawn only up to this factor beyond the values, so that it does not compress them.
     */
    private static final double FAR = 1.5;

    private final StoredSeries series;
    private final String id;
    private final List<StoredVerdict> verdicts;
    private final Measurement point;
    private final double[] sorted;

    DistributionPlots(StoredSeries series, String id, List<StoredVerdict> verdicts) {
        this.series = series;
        this.id = id;
        this.verdicts = verdicts;
        this.point = series.largest();
        this.sorted = point.point().values();
        Arrays.sort(sorted);
    }

    /** Whether all values at the point are equal. */
    static boolean constant(Measurement point) {
        double first = point.boots().getFirst().net()[0];
        return Arrays.stream(point.point().values()).allMatch(value -> value == first);
    }

    List<Plot> all() {
        if (constant(point)) {
            return List.of();
        }
        List<Plot> plots = new ArrayList<>(List.of(histogram(), ecdf(), tail()));
        if (point.boots().size() > 1) {
            plots.add(boots());
        }
        return plots;
    }

    /** Absolute limits in the series' own unit, one line each. */
    static List<Layer> limits(List<StoredVerdict> verdicts, String metric) {
        TreeMap<Double, String> limits = new TreeMap<>();
        for (StoredVerdict verdict : verdicts) {
            verdict.limitIn(metric)
                    .filter(limit -> !verdict.claim().startsWith("misses"))
                    .ifPresent(limit ->
                            limits.merge(
                                    limit.limit(),
                                    verdict.claim(),
                                    (a, b) -> a.equals(b) ? a : a + ", " + b));
        }
        return limits.entrySet().stream()
                .map(e ->
                        new Layer(
                                "limit " + e.getValue(),
                                Role.LIMIT,
                                Style.HORIZONTAL,
                                new double[0],
                                new double[] {e.getKey()}))
                .toList();
    }

    private List<Layer> upright() {
        double least = sorted[0] / FAR;
        double most = sorted[sorted.length - 1] * FAR;
        return limits(verdicts, series.metric()).stream()
                .map(l -> {
                    double limit = l.y()[0];
                    boolean near = limit >= least && limit <= most;
                    return new Layer(
                            l.name()
                                    + (near ? "" : limit < least ? " (far below)" : " (far above)"),
                            l.role(),
                            Style.VERTICAL,
                            near ? l.y() : new double[0],
                            new double[0]);
                })
                .toList();
    }

    private String where() {
        return series.benchmark() + " at " + StoredSeries.shown(point);
    }

    private String axis() {
        return series.metric() + " per operation";
    }

    private Plot histogram() {
        double from = sorted[0];
        double to = sorted[sorted.length - 1];
        long distinct = Arrays.stream(sorted).distinct().count();
        double width =
                distinct <= MOST_BARS && whole() && to - from <= MOST_BARS
                        ? 1
                        : Math.max(freedmanDiaconis(), (to - from) / MOST_BARS);
        double start = width == 1 && whole() ? from - 0.5 : from;
        int bars = (int) Math.max(1, Math.ceil((to - start) / width + 1e-9));
        double[] left = new double[bars];
        double[] right = new double[bars];
        double[] count = new double[bars];
        for (int i = 0; i < bars; i++) {
            left[i] = start + i * width;
            right[i] = start + (i + 1) * width;
        }
        for (double value : sorted) {
            count[Math.clamp((int) ((value - start) / width), 0, bars - 1)]++;
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer("values", Role.MODEL, Style.BARS, left, count, right));
        layers.addAll(upright());
        return new Plot(
                id + "-histogram",
                where() + ": histogram",
                "%s values from %s to %s"
                        .formatted(
                                Numbers.grouped(sorted.length),
                                Numbers.grouped(from),
                                Numbers.grouped(to)),
                Axis.linear(axis()),
                Axis.linear("values"),
                layers);
    }

    private boolean whole() {
        return Arrays.stream(sorted).allMatch(v -> v == Math.rint(v));
    }

    private double freedmanDiaconis() {
        int n = sorted.length;
        double spread = sorted[Math.min(n - 1, n * 3 / 4)] - sorted[n / 4];
        return 2 * spread / Math.cbrt(n);
    }

    private Plot ecdf() {
        List<double[]> rows = steps();
        List<Layer> layers = new ArrayList<>(upright());
        layers.add(Layer.ofRows("share at or below", Role.MODEL, Style.STEPS, rows, 0, 1));
        return new Plot(
                id + "-ecdf",
                where() + ": empirical distribution",
                "Half of the values are at most " + Numbers.grouped(series.summary(point).median()),
                Axis.linear(axis()),
                Axis.linear("share at or below"),
                layers);
    }

    private Plot tail() {
        List<double[]> rows = new ArrayList<>();
        for (double[] step : steps()) {
            if (step[1] < 1 - 1e-12) {
                rows.add(new double[] {step[0], 1 - step[1]});
            }
        }
        double[] last = {sorted[sorted.length - 1], 1.0 / sorted.length / 2};
        rows.add(last);
        List<Layer> layers = new ArrayList<>(upright());
        layers.add(Layer.ofRows("share above", Role.MODEL, Style.STEPS, rows, 0, 1));
        return new Plot(
                id + "-tail",
                where() + ": tail",
                "Share of values above a cost; the largest is "
                        + Numbers.grouped(sorted[sorted.length - 1]),
                Axis.linear(axis()),
                Axis.log("share above"),
                layers);
    }

    /**
     * Pairs of value and share at or below it, for each distinct value. All but the last hundred
     * are thinned.
     */
    private List<double[]> steps() {
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < sorted.length; i++) {
            if (i == sorted.length - 1 || sorted[i] != sorted[i + 1]) {
                all.add(new double[] {sorted[i], (i + 1.0) / sorted.length});
            }
        }
        int every = Math.max(1, all.size() / MOST_STEPS);
        List<double[]> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i % every == 0 || i >= all.size() - 100) {
                some.add(all.get(i));
            }
        }
        return some;
    }

    private Plot boots() {
        List<double[]> rows = new ArrayList<>();
        for (BootSamples boot : point.boots()) {
            double[] values = boot.net();
            Arrays.sort(values);
            int n = values.length;
            rows.add(
                    new double[] {
                        boot.boot(),
                        values[0],
                        values[n / 4],
                        values[(n - 1) / 2],
                        values[Math.min(n - 1, n * 3 / 4)],
                        values[n - 1]
                    });
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(Layer.ofRows("min to max", Role.SAMPLE, Style.SPREAD, rows, 0, 1, 5));
        layers.add(Layer.ofRows("middle half", Role.MODEL, Style.SPREAD, rows, 0, 2, 4));
        layers.add(Layer.ofRows("median", Role.MEDIAN, Style.POINTS, rows, 0, 3));
        layers.addAll(limits(verdicts, series.metric()));
        return new Plot(
                id + "-boots",
                where() + ": boots side by side",
                rows.size() + " boots, each a fresh start",
                new Axis("boot", false, rows.stream().mapToDouble(row -> row[0]).toArray()),
                Axis.linear(axis()),
                layers);
    }
}
