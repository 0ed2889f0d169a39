package org.feuerprobe.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;

/**
 * Writer of verdicts or figures as CSV (RFC 4180). A cell that a spreadsheet would run as a formula
 * gets an apostrophe in front. Control characters were already replaced when the text was read.
 */
public final class CsvReport {
    private static final String EOL = "\r\n";

    private CsvReport() {}

    /** A table with one verdict per row. */
    public static String verdicts(StoredCampaign campaign) {
        StringBuilder csv = new StringBuilder();
        row(
                csv,
                List.of(
                        "bound",
                        "operation",
                        "claim",
                        "kind",
                        "verdict",
                        "class",
                        "model",
                        "metric",
                        "target",
                        "range",
                        "confidence",
                        "certificate",
                        "reason",
                        "document",
                        "section"));
        for (StoredVerdict v : campaign.verdicts()) {
            row(
                    csv,
                    List.of(
                            v.bound(),
                            v.operation(),
                            v.claim(),
                            v.kind(),
                            v.verdict().name(),
                            v.growth(),
                            v.model().map(StoredModel::text).orElse(""),
                            v.metric(),
                            v.target(),
                            v.range().entrySet().stream()
                                    .map(e ->
                                            "%s %s…%s"
                                                    .formatted(
                                                            e.getKey(),
                                                            Numbers.plain(e.getValue().from()),
                                                            Numbers.plain(e.getValue().to())))
                                    .collect(Collectors.joining("; ")),
                            v.confidence().map(Numbers::plain).orElse(""),
                            Boolean.toString(v.certificate()),
                            v.reason(),
                            v.document(),
                            v.section()));
        }
        return csv.toString();
    }

    /**
     * A table with one point per row, with the overhead twin subtracted, and a column for every
     * parameter.
     */
    public static String figures(StoredCampaign campaign) {
        List<String> parameters =
                campaign.series().stream()
                        .flatMap(s -> s.parameters().stream())
                        .distinct()
                        .toList();
        StringBuilder csv = new StringBuilder();
        List<String> head =
                new java.util.ArrayList<>(List.of("operation", "benchmark", "target", "metric"));
        head.addAll(parameters);
        head.addAll(List.of("n", "min", "median", "p99", "max", "mean", "boots", "trust"));
        row(csv, head);
        for (StoredSeries series : campaign.series()) {
            for (Measurement point : series.points()) {
                var summary = series.summary(point);
                List<String> cells =
                        new java.util.ArrayList<>(
                                List.of(
                                        series.operation(),
                                        series.benchmark(),
                                        series.target(),
                                        series.metric()));
                for (String parameter : parameters) {
                    Long value = point.parameters().get(parameter);
                    cells.add(value == null ? "" : Long.toString(value));
                }
                cells.add(Integer.toString(summary.n()));
                for (double value :
                        new double[] {
                            summary.min(),
                            summary.median(),
                            summary.p99(),
                            summary.max(),
                            summary.mean()
                        }) {
                    cells.add(Numbers.plain(value));
                }
                cells.add(Integer.toString(point.boots().size()));
                cells.add(campaign.trust(series.target(), series.metric()).state().name());
                row(csv, cells);
            }
        }
        return csv.toString();
    }

    private static void row(StringBuilder csv, List<String> cells) {
        csv.append(cells.stream().map(CsvReport::cell).collect(Collectors.joining(",")))
                .append(EOL);
    }

    static String cell(String text) {
        boolean formula =
                !text.isEmpty()
                        && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                        && !text.toLowerCase(Locale.ROOT).matches("-?[0-9.]+(e-?[0-9]+)?");
        String safe = formula ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
