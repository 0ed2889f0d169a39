package org.feuerprobe.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.plot.Plot;
import org.feuerprobe.plot.Plot.Axis;
import org.feuerprobe.plot.Plot.Layer;
import org.feuerprobe.plot.Plot.Role;
import org.feuerprobe.plot.Plot.Style;
import org.feuerprobe.results.MissOnset;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Summary;

/**
 * Charts of one series: cost over the parameter, residuals, a heat map for two parameters, and
 * {@link DistributionPlots}. A chart that would show nothing is left out.
 */
final class SeriesPlots {
    private static final int STEPS = 96;
    private static final int MOST_LINES = 8;
    private static final int MOST_SAMPLES = 10_000;
    private static final double WIDE = 20;

    /** The end of a cache is drawn up to this factor beyond the last point. */
    private static final double BEYOND = 1.01;

    private final StoredSeries series;
    private final String id;
    private final Optional<StoredModel> model;
    private final List<StoredVerdict> verdicts;
    private final Optional<MissOnset> regime;

    /**
     * Makes the charts. {@code verdicts} are about the series' operation; {@code id} is unique in
     * the page.
     */
    SeriesPlots(
            StoredSeries series,
            String id,
            Optional<StoredModel> model,
            List<StoredVerdict> verdicts,
            Optional<MissOnset> regime) {
        this.series = series;
        this.id = id;
        this.model = model;
        this.verdicts = verdicts;
        this.regime = regime;
    }

    List<Plot> all() {
        List<Plot> plots = new ArrayList<>();
        primary().ifPresent(parameter -> plots.add(cost(parameter)));
        primary().flatMap(this::residuals).ifPresent(plots::add);
        plots.addAll(new DistributionPlots(series, id, verdicts).all());
        map().ifPresent(plots::add);
        return plots;
    }

    /** The parameter with the widest range. */
    Optional<String> primary() {
        return series.varied().stream()
                .max(java.util.Comparator.comparingDouble(name -> span(series.values(name))));
    }

    private static double span(List<Long> values) {
        return Math.log((values.getLast() + 1.0) / (values.getFirst() + 1.0));
    }

    private Plot cost(String parameter) {
        List<Layer> layers = new ArrayList<>();
        layers.addAll(bounds(parameter));
        layers.addAll(fitted(parameter));
        layers.add(regimes(parameter));
        layers.add(cacheEnd());
        if (!series.points().stream().allMatch(DistributionPlots::constant)) {
            layers.add(samples(parameter));
            layers.add(spread(parameter));
        }
        layers.add(
                new Layer(
                        "median", Role.MEDIAN, Style.POINTS, xs(parameter), each(Summary::median)));
        layers.addAll(DistributionPlots.limits(verdicts, series.metric()));
        layers.removeIf(layer -> layer.x().length + layer.y().length == 0);
        double least = Arrays.stream(each(Summary::min)).min().orElse(0);
        double most = Arrays.stream(each(Summary::max)).max().orElse(0);
        List<Long> values = series.values(parameter);
        return new Plot(
                id + "-cost",
                series.benchmark() + ": cost over " + parameter,
                "From %s to %s %s over %s from %s to %s; %s"
                        .formatted(
                                Numbers.grouped(least),
                                Numbers.grouped(most),
                                series.metric(),
                                parameter,
                                Numbers.grouped(values.getFirst()),
                                Numbers.grouped(values.getLast()),
                                model.map(m -> "model " + m.text()).orElse("no model")),
                axis(parameter),
                new Axis(
                        series.metric() + " per operation",
                        least > 0 && most > WIDE * least,
                        new double[0]),
                layers);
    }

    private Axis axis(String parameter) {
        List<Long> values = series.values(parameter);
        boolean log = values.getFirst() > 0 && values.getLast() >= 8 * values.getFirst();
        return new Axis(parameter, log, values.stream().mapToDouble(Long::doubleValue).toArray());
    }

    private double[] xs(String parameter) {
        return series.points().stream().mapToDouble(p -> StoredSeries.at(p, parameter)).toArray();
    }

    private double[] each(ToDoubleFunction<Summary> figure) {
        return series.points().stream()
                .mapToDouble(point -> figure.applyAsDouble(series.summary(point)))
                .toArray();
    }

    /** Distinct values of each point, evenly thinned if there are too many to draw. */
    private Layer samples(String parameter) {
        List<double[]> distinct =
                series.points().stream()
                        .map(p -> Arrays.stream(p.point().values()).distinct().sorted().toArray())
                        .toList();
        int total = distinct.stream().mapToInt(d -> d.length).sum();
        int every = Math.max(1, (total + MOST_SAMPLES - 1) / MOST_SAMPLES);
        List<double[]> pairs = new ArrayList<>();
        for (int i = 0; i < distinct.size(); i++) {
            double at = StoredSeries.at(series.points().get(i), parameter);
            double[] values = distinct.get(i);
            for (int k = 0; k < values.length; k++) {
                if (k % every == 0 || k == values.length - 1) {
                    pairs.add(new double[] {at, values[k]});
                }
            }
        }
        return Layer.ofRows("samples", Role.SAMPLE, Style.POINTS, pairs, 0, 1);
    }

    private Layer spread(String parameter) {
        return new Layer(
                "min to max",
                Role.SAMPLE,
                Style.SPREAD,
                xs(parameter),
                each(Summary::min),
                each(Summary::max));
    }

    /** The model's line and band, for some values of the other parameters. */
    private List<Layer> fitted(String parameter) {
        List<Layer> layers = new ArrayList<>();
        if (model.isEmpty()) {
            return layers;
        }
        Optional<ModelBand> band = ModelBand.of(model.get(), series);
        for (Map<String, Double> others : others(parameter)) {
            List<double[]> rows = new ArrayList<>();
            for (double x : along(parameter)) {
                Map<String, Double> at = new java.util.HashMap<>(others);
                at.put(parameter, x);
                model.get()
                        .at(at)
                        .ifPresent(cost -> {
                            double[] ends =
                                    band.map(b -> b.at(at, cost)).orElse(new double[] {cost, cost});
                            rows.add(new double[] {x, cost, ends[0], ends[1]});
                        });
            }
            String where = others.isEmpty() ? "" : ", " + Numbers.pointByName(others);
            if (band.isPresent()) {
                layers.addFirst(
                        Layer.ofRows("95 % band" + where, Role.BAND, Style.BAND, rows, 0, 2, 3));
            }
            layers.add(Layer.ofRows("model" + where, Role.MODEL, Style.LINE, rows, 0, 1));
        }
        return layers;
    }

    /** Values of the other parameters for which lines are drawn. */
    private List<Map<String, Double>> others(String parameter) {
        List<Map<String, Double>> settings =
                series.points().stream()
                        .map(p -> {
                            Map<String, Double> at = StoredSeries.doubles(p);
                            at.remove(parameter);
                            return at;
                        })
                        .distinct()
                        .toList();
        if (settings.size() <= MOST_LINES) {
            return settings;
        }
        List<Map<String, Double>> some = new ArrayList<>();
        for (int i = 0; i < MOST_LINES; i++) {
            some.add(settings.get(i * (settings.size() - 1) / (MOST_LINES - 1)));
        }
        return some;
    }

    private double[] along(String parameter) {
        List<Long> values = series.values(parameter);
        double from = values.getFirst();
        double to = values.getLast();
        boolean log = axis(parameter).log();
        double[] along = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double share = (double) i / STEPS;
            along[i] = log ? from * Math.pow(to / from, share) : from + (to - from) * share;
        }
        along[STEPS] = to;
        return java.util.stream.DoubleStream.concat(
                        Arrays.stream(along), values.stream().mapToDouble(Long::doubleValue))
                .sorted()
                .distinct()
                .toArray();
    }

    /** The claimed growth, drawn so that it begins at the cost of the smallest point. */
    private List<Layer> bounds(String parameter) {
        Measurement first = series.points().getFirst();
        Map<String, Double> start = StoredSeries.doubles(first);
        double cost = series.summary(first).median();
        List<Layer> layers = new ArrayList<>();
        List<String> drawn = new ArrayList<>();
        List<Map<String, Double>> others = others(parameter);
        for (StoredVerdict verdict : verdicts) {
            if (verdict.metric().equals(series.metric())
                    && verdict.meaning().orElse(null) instanceof Claim.Asymptotic growth
                    && !drawn.contains(verdict.claim())
                    && start.keySet().containsAll(growth.expression().parameters())) {
                drawn.add(verdict.claim());
                double unit = growth.expression().at(start);
                for (Map<String, Double> other :
                        others.size() < 2 ? others : List.of(others.getFirst(), others.getLast())) {
                    List<double[]> rows = new ArrayList<>();
                    for (double x : along(parameter)) {
                        Map<String, Double> at = new java.util.HashMap<>(other);
                        at.put(parameter, x);
                        double value = cost * growth.expression().at(at) / unit;
                        if (unit > 0 && Double.isFinite(value)) {
                            rows.add(new double[] {x, value});
                        }
                    }
                    layers.add(
                            Layer.ofRows(
                                    "bound %s, %s"
                                            .formatted(
                                                    verdict.claim(),
                                                    other.isEmpty()
                                                            ? "from the smallest point"
                                                            : Numbers.pointByName(other)),
                                    Role.BOUND,
                                    Style.DASHED,
                                    rows,
                                    0,
                                    1));
                }
            }
        }
        return layers;
    }

    private Layer regimes(String parameter) {
        double[] borders =
                model.map(StoredModel::regimes).orElse(List.of()).stream()
                        .filter(r -> r.parameter().equals(parameter) && r.levelling().isEmpty())
                        .mapToDouble(r ->
                                r.before() > r.after()
                                        ? Math.sqrt(Math.max(0, r.after() * r.before()))
                                        : r.after())
                        .toArray();
        return new Layer("change of regime", Role.REGIME, Style.VERTICAL, borders, new double[0]);
    }

    /** The sizes at which the cache is full whose misses the series counts. */
    private Layer cacheEnd() {
        double[] end =
                regime.stream()
                        .flatMapToDouble(
                                r -> r.predicted().stream().filter(x -> x <= r.last() * BEYOND))
                        .toArray();
        return new Layer("the cache ends", Role.REGIME, Style.VERTICAL, end, new double[0]);
    }

    /** Differences from the model; empty if they are all zero. */
    private Optional<Plot> residuals(String parameter) {
        List<double[]> rows = new ArrayList<>();
        for (Measurement point : series.points()) {
            Map<String, Double> at = StoredSeries.doubles(point);
            model.flatMap(m -> m.at(at))
                    .ifPresent(cost -> {
                        double x = StoredSeries.at(point, parameter);
                        double least = Double.POSITIVE_INFINITY;
                        double most = Double.NEGATIVE_INFINITY;
                        for (BootSamples boot : point.boots()) {
                            for (double value : boot.net()) {
                                least = Math.min(least, value - cost);
                                most = Math.max(most, value - cost);
                            }
                        }
                        rows.add(
                                new double[] {
                                    x, series.summary(point).median() - cost, least, most
                                });
                    });
        }
        double largest =
                rows.stream()
                        .mapToDouble(r -> Math.max(Math.abs(r[2]), Math.abs(r[3])))
                        .max()
                        .orElse(0);
        if (largest == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Plot(
                        id + "-residuals",
                        series.benchmark() + ": residuals",
                        "The largest distance from the model is "
                                + Numbers.grouped(largest)
                                + " "
                                + series.metric(),
                        axis(parameter),
                        Axis.linear(series.metric() + " off the model"),
                        List.of(
                                new Layer(
                                        "model",
                                        Role.MODEL,
                                        Style.HORIZONTAL,
                                        new double[0],
                                        new double[] {0}),
                                Layer.ofRows(
                                        "min to max", Role.SAMPLE, Style.SPREAD, rows, 0, 2, 3),
                                Layer.ofRows("median", Role.MEDIAN, Style.POINTS, rows, 0, 1))));
    }

    /** Median cost over two parameters. */
    private Optional<Plot> map() {
        List<String> varied = series.varied();
        if (varied.size() != 2) {
            return Optional.empty();
        }
        String across = varied.getFirst();
        String up = varied.getLast();
        return Optional.of(
                new Plot(
                        id + "-map",
                        series.benchmark() + ": median cost over " + across + " and " + up,
                        "A cell a point, darker where the operation costs more",
                        Axis.log(across),
                        Axis.log(up),
                        List.of(
                                new Layer(
                                        "median " + series.metric(),
                                        Role.MEDIAN,
                                        Style.CELLS,
                                        xs(across),
                                        xs(up),
                                        each(Summary::median)))));
    }
}
