package org.feuerprobe.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.feuerprobe.archive.Archive;
import org.feuerprobe.archive.ArchiveException;
import org.feuerprobe.archive.ArchivedLimit;
import org.feuerprobe.archive.ArchivedRun;
import org.feuerprobe.archive.ArchivedSeries;
import org.feuerprobe.archive.ArchivedVerdict;
import org.feuerprobe.archive.NetCounts;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.results.DecisionDocument;
import org.feuerprobe.sample.Numbers;

/**
 * One campaign of an archive, as text and as JSON. Quantiles are exact, because they are computed
 * from the stored counts.
 */
public record ArchivedCampaign(
        ArchivedRun run,
        List<ArchivedVerdict> verdicts,
        List<ArchivedLimit> limits,
        List<Row> rows,
        List<Double> orders) {
    /** Quantiles of one benchmark at one point. */
    public record Row(ArchivedSeries series, List<Double> quantiles) {}

    /** Reads the chosen benchmarks or operations, and computes quantiles of the given orders. */
    public static ArchivedCampaign read(
            Archive archive, ArchivedRun run, Predicate<String> chosen, List<Double> orders)
            throws ArchiveException, LabException {
        List<Row> rows = new ArrayList<>();
        try {
            for (ArchivedSeries series : archive.series(run.id())) {
                if (chosen.test(series.name().benchmark())
                        || chosen.test(series.name().operation())) {
                    NetCounts counts = series.distribution();
                    rows.add(new Row(series, orders.stream().map(counts::quantile).toList()));
                }
            }
        } catch (IOException e) {
            throw LabException.wrongUse(
                    "%s: %s: feuerprobe archive verify says more"
                            .formatted(run.id(), e.getMessage()));
        }
        return new ArchivedCampaign(
                run, archive.verdicts(run.id()), archive.limits(run.id()), rows, orders);
    }

    /** Text for a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                "%s: %s on %s, %s%n%s%nimage %s %s%n"
                        .formatted(
                                ForeignText.of(run.id()),
                                ForeignText.of(run.subject()),
                                ForeignText.of(run.target()),
                                ForeignText.of(run.began()),
                                ForeignText.prose(run.command()),
                                ForeignText.of(run.image()),
                                ForeignText.of(run.variant())));
        run.testbed()
                .forEach((name, value) ->
                        text.append(
                                "%s: %s%n"
                                        .formatted(
                                                ForeignText.of(name), ForeignText.prose(value))));
        text.append('\n');
        if (!verdicts.isEmpty()) {
            List<List<String>> table = new ArrayList<>();
            table.add(List.of("BOUND", "CLAIM", "VERDICT", "CLASS"));
            verdicts.forEach(v ->
                    table.add(
                            List.of(
                                    ForeignText.middle(ForeignText.of(v.bound()), 38),
                                    ForeignText.middle(ForeignText.of(v.claim()), 26),
                                    ForeignText.of(v.verdict()),
                                    ForeignText.middle(ForeignText.of(v.growth()), 14))));
            text.append(TextTable.of(table)).append('\n');
        }
        List<List<String>> table = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of("BENCHMARK", "POINT", "N", "MIN"));
        orders.forEach(order -> heading.add("Q" + order));
        heading.add("MAX");
        table.add(heading);
        for (Row row : rows) {
            List<String> cells = new ArrayList<>();
            cells.add(ForeignText.middle(ForeignText.of(row.series().name().benchmark()), 30));
            cells.add(ForeignText.middle(ForeignText.of(row.series().name().point()), 22));
            cells.add(String.format(Locale.ROOT, "%,d", row.series().summary().n()));
            cells.add(Numbers.grouped(row.series().summary().min()));
            row.quantiles().forEach(quantile -> cells.add(Numbers.grouped(quantile)));
            cells.add(Numbers.grouped(row.series().summary().max()));
            table.add(cells);
        }
        return text.append(TextTable.of(table)).toString();
    }

    /** Fields for {@code archive show --json}. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("run", run);
        document.put("verdicts", verdicts);
        document.put("limits", limits);
        List<Object> series = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("operation", row.series().name().operation());
            one.put("benchmark", row.series().name().benchmark());
            one.put("target", row.series().name().target());
            one.put("metric", row.series().name().metric());
            one.put("params", row.series().name().parameters());
            one.put("boots", row.series().boots());
            one.put("n", row.series().summary().n());
            one.put("min", DecisionDocument.number(row.series().summary().min()));
            one.put("max", DecisionDocument.number(row.series().summary().max()));
            one.put("mean", DecisionDocument.number(row.series().summary().mean()));
            Map<String, Object> quantiles = new LinkedHashMap<>();
            for (int i = 0; i < orders.size(); i++) {
                quantiles.put(
                        Double.toString(orders.get(i)),
                        DecisionDocument.number(row.quantiles().get(i)));
            }
            one.put("quantiles", quantiles);
            series.add(one);
        }
        document.put("series", series);
        return document;
    }
}
