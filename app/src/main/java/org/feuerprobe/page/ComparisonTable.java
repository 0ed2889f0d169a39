package org.feuerprobe.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.plot.Plot;
import org.feuerprobe.plot.Plot.Axis;
import org.feuerprobe.plot.Plot.Layer;
import org.feuerprobe.plot.Plot.Role;
import org.feuerprobe.plot.Plot.Style;
import org.feuerprobe.results.SimilarOperations;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Numbers;

/**
 * Targets and metrics side by side, with one benchmark per row. It shows the cost in each column,
 * and how growth differs between metrics: instructions may stay constant while cache misses rise in
 * steps.
 *
 * @param columns {@code target, metric}; with fewer than two there is nothing to compare
 * @param plots a chart for each benchmark that was measured in several columns
 */
public record ComparisonTable(List<String> columns, List<Row> rows, List<Plot> plots) {
    private static final List<Role> COLOURS =
            List.of(Role.MODEL, Role.BOUND, Role.REGIME, Role.LIMIT, Role.MEDIAN, Role.SAMPLE);
    private static final int FEWEST_POINTS = 3;

    /** One benchmark, with a text for each column; empty if it was not measured there. */
    public record Row(String operation, String benchmark, List<String> cells) {}

    public ComparisonTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        plots = List.copyOf(plots);
    }

    static ComparisonTable of(StoredCampaign campaign) {
        List<String> columns =
                campaign.series().stream().map(ComparisonTable::column).distinct().toList();
        if (columns.size() < 2) {
            return new ComparisonTable(columns, List.of(), List.of());
        }
        Map<String, List<StoredSeries>> grouped = new LinkedHashMap<>();
        campaign.series()
                .forEach(
                        s -> grouped.computeIfAbsent(s.benchmark(), _ -> new ArrayList<>()).add(s));
        List<String> operations =
                campaign.series().stream()
                        .map(s -> SimilarOperations.of(s.operation()))
                        .distinct()
                        .toList();
        List<Row> rows = new ArrayList<>();
        List<Plot> plots = new ArrayList<>();
        grouped.forEach((benchmark, all) -> {
            rows.add(
                    new Row(
                            SimilarOperations.of(all.getFirst().operation()),
                            benchmark,
                            columns.stream().map(c -> cell(c, all, campaign)).toList()));
            chart("compare-" + rows.size(), all, plots);
        });
        rows.sort(Comparator.comparingInt(row -> operations.indexOf(row.operation())));
        return new ComparisonTable(columns, rows, plots);
    }

    public boolean isWorthShowing() {
        return columns.size() > 1;
    }

    private static String column(StoredSeries series) {
        return series.target() + ", " + series.metric();
    }

    private static String cell(String column, List<StoredSeries> all, StoredCampaign campaign) {
        return all.stream()
                .filter(s -> column(s).equals(column))
                .findFirst()
                .map(s -> cell(s, campaign))
                .orElse("");
    }

    private static String cell(StoredSeries series, StoredCampaign campaign) {
        double first = cost(series, series.points().getFirst());
        double last = cost(series, series.largest());
        String span =
                first == last
                        ? Numbers.grouped(last)
                        : Numbers.grouped(first) + " → " + Numbers.grouped(last);
        return series.modelOf(campaign.modelsOn(series.operation()))
                .map(model -> span + " (" + model.text() + ")")
                .orElse(span);
    }

    /**
     * The median of times, because disturbances only add time; the mean of counts, because it shows
     * each miss.
     */
    private static double cost(StoredSeries series, Measurement point) {
        return Metric.of(series.metric()).timed()
                ? series.summary(point).median()
                : series.summary(point).mean();
    }

    /** Growth in every column, as a share of the column's largest cost. */
    private static void chart(String id, List<StoredSeries> all, List<Plot> plots) {
        List<String> varied = all.getFirst().varied();
        if (all.size() < 2 || varied.size() != 1) {
            return;
        }
        String parameter = varied.getFirst();
        List<Layer> layers = new ArrayList<>();
        double[] ticks = new double[0];
        for (StoredSeries series : all) {
            double[] x =
                    series.points().stream()
                            .mapToDouble(p -> StoredSeries.at(p, parameter))
                            .toArray();
            double[] y = series.points().stream().mapToDouble(p -> cost(series, p)).toArray();
            double most = java.util.Arrays.stream(y).max().orElse(0);
            if (most > 0 && x.length >= FEWEST_POINTS && layers.size() < COLOURS.size()) {
                layers.add(
                        new Layer(
                                column(series) + ", largest " + Numbers.grouped(most),
                                COLOURS.get(layers.size()),
                                Style.LINE,
                                x,
                                java.util.Arrays.stream(y).map(v -> v / most).toArray()));
                ticks = ticks.length < x.length ? x : ticks;
            }
        }
        if (layers.size() > 1) {
            plots.add(
                    new Plot(
                            id,
                            all.getFirst().benchmark() + ": growth by target and metric",
                            "Each line is the cost as a share of its own largest value",
                            new Axis(parameter, ticks[0] > 0, ticks),
                            Axis.linear("share of the largest cost"),
                            layers));
        }
    }
}
