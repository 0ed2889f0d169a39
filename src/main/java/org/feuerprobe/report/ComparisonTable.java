package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Targets and metrics side by side, a row an operation's benchmark: what one costs where, and how
 * its growth differs between metrics (instructions flat, cache misses stepping).
 *
 * @param columns {@code target, metric}; fewer than two mean that there is nothing to compare
 */
public record ComparisonTable(List<String> columns, List<Row> rows) {
    /** One benchmark; a text for each column, empty where it was not measured. */
    public record Row(String benchmark, List<String> cells) {}

    static ComparisonTable of(StoredCampaign campaign) {
        List<String> columns =
                campaign.series().stream().map(ComparisonTable::column).distinct().toList();
        Map<String, Map<String, String>> cells = new LinkedHashMap<>();
        for (StoredSeries series : campaign.series()) {
            cells.computeIfAbsent(series.benchmark(), _ -> new LinkedHashMap<>())
                    .put(column(series), cell(series, campaign));
        }
        List<Row> rows = new ArrayList<>();
        cells.forEach((benchmark, byColumn) ->
                rows.add(
                        new Row(
                                benchmark,
                                columns.stream().map(c -> byColumn.getOrDefault(c, "")).toList())));
        return new ComparisonTable(columns, rows);
    }

    public boolean isWorthShowing() {
        return columns.size() > 1;
    }

    private static String column(StoredSeries series) {
        return series.target() + ", " + series.metric();
    }

    private static String cell(StoredSeries series, StoredCampaign campaign) {
        double first = series.summary(series.points().getFirst()).median();
        double last = series.summary(series.largest()).median();
        String span =
                first == last
                        ? Figures.number(last)
                        : Figures.number(first) + " → " + Figures.number(last);
        return ReportSections.modelOf(series, campaign.verdictsOn(series.operation()))
                .map(model -> span + " (" + model.text() + ")")
                .orElse(span);
    }
}
