package org.feuerprobe.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.feuerprobe.plot.Plot;
import org.feuerprobe.report.PlainWords;
import org.feuerprobe.report.RepeatCommand;
import org.feuerprobe.report.VerdictSentences;
import org.feuerprobe.report.VerdictSymbol;
import org.feuerprobe.results.MissOnset;
import org.feuerprobe.results.Published;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.OrderStatistics;
import org.feuerprobe.verdict.VerdictKind;

/**
 * Sections of the page, one for each operation: verdicts in sentences, and benchmarks with charts
 * and figures.
 */
public final class ReportSections {
    private static final int MOST_POINTS = 120;

    private final StoredCampaign campaign;
    private final List<Plot> plots = new ArrayList<>();

    ReportSections(StoredCampaign campaign) {
        this.campaign = campaign;
    }

    /**
     * One operation.
     *
     * @param anchor the section's place in the page
     * @param verdicts verdicts that are measurable here
     * @param unmeasurable the other verdicts, grouped by reason
     * @param repeat the command that measures the operation again
     * @param more whether that command asks for more samples
     */
    public record Operation(
            String name,
            String anchor,
            List<Explained> verdicts,
            List<Unmeasurable> unmeasurable,
            List<Benchmark> benchmarks,
            List<Published> published,
            String repeat,
            boolean more) {
        /** All verdicts, including those that cannot be measured here. */
        public List<Explained> all() {
            List<Explained> all = new ArrayList<>(verdicts);
            unmeasurable.forEach(group -> all.addAll(group.claims()));
            return all;
        }
    }

    /** Claims that cannot be measured here for the same reason. */
    public record Unmeasurable(String reason, List<Explained> claims) {
        public String metric() {
            return claims.getFirst().verdict().metric();
        }
    }

    /** One verdict, with the steps that led to it. */
    public record Explained(StoredVerdict verdict, String anchor, List<String> steps) {
        public String symbol() {
            return VerdictSymbol.of(verdict.verdict());
        }
    }

    /**
     * One series.
     *
     * @param constant a sentence in place of the distribution; empty if the values differ
     * @param cut number of points that the table leaves out
     */
    public record Benchmark(
            StoredSeries series,
            String anchor,
            String words,
            String constant,
            List<Plot> plots,
            List<Row> rows,
            int cut) {}

    /** Figures of one point, as text. */
    public record Row(
            String point,
            String n,
            String min,
            String median,
            String p90,
            String p99,
            String max,
            String mean,
            String twin) {}

    /** All operations. Afterwards {@link #plots} is complete. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (String name : campaign.operations()) {
            String anchor = "op-" + operations.size();
            List<StoredVerdict> verdicts = campaign.verdictsOn(name);
            List<StoredSeries> series = campaign.seriesOf(name);
            List<Explained> explained = new ArrayList<>();
            SequencedMap<String, List<Explained>> unmeasurable = new LinkedHashMap<>();
            for (int i = 0; i < verdicts.size(); i++) {
                StoredVerdict verdict = verdicts.get(i);
                Explained one =
                        new Explained(
                                verdict, anchor + "-v" + i, VerdictSentences.of(verdict, series));
                if (verdict.verdict() == VerdictKind.NOT_MEASURABLE) {
                    unmeasurable.computeIfAbsent(verdict.reason(), _ -> new ArrayList<>()).add(one);
                } else {
                    explained.add(one);
                }
            }
            List<Benchmark> benchmarks = new ArrayList<>();
            for (StoredSeries one : series) {
                benchmarks.add(benchmark(one, anchor + "-b" + benchmarks.size(), name));
            }
            operations.add(
                    new Operation(
                            name,
                            anchor,
                            explained,
                            unmeasurable.entrySet().stream()
                                    .map(e -> new Unmeasurable(e.getKey(), e.getValue()))
                                    .toList(),
                            benchmarks,
                            campaign.context().publishedOf(name),
                            RepeatCommand.of(
                                    campaign.provenance().command(),
                                    name,
                                    samples(verdicts, series)),
                            samples(verdicts, series).isPresent()));
        }
        return operations;
    }

    /**
     * Samples per point and boot that would decide inconclusive verdicts; empty if no number would.
     */
    private static OptionalLong samples(List<StoredVerdict> verdicts, List<StoredSeries> series) {
        return verdicts.stream()
                .filter(verdict -> verdict.verdict() == VerdictKind.INCONCLUSIVE)
                .flatMap(verdict -> verdict.evidence().stream())
                .filter(item -> item.needed() > 0)
                .mapToLong(item ->
                        Math.ceilDiv(item.needed(), Math.max(1, boots(item.benchmark(), series))))
                .max();
    }

    private static int boots(String benchmark, List<StoredSeries> series) {
        return series.stream()
                .filter(one -> one.benchmark().equals(benchmark))
                .mapToInt(one -> one.largest().boots().size())
                .max()
                .orElse(1);
    }

    /** The charts made so far, in the order of the page. */
    List<Plot> plots() {
        return plots;
    }

    private Benchmark benchmark(StoredSeries series, String anchor, String operation) {
        Optional<StoredModel> model = series.modelOf(campaign.modelsOn(operation));
        List<StoredVerdict> verdicts = campaign.verdictsOn(operation);
        Optional<MissOnset> regime = campaign.context().regimeOf(series);
        List<Plot> own = new SeriesPlots(series, anchor, model, verdicts, regime).all();
        plots.addAll(own);
        Measurement largest = series.largest();
        String constant =
                DistributionPlots.constant(largest)
                        ? "All %s values%s are the same: %s %s."
                                .formatted(
                                        Numbers.grouped(series.summary(largest).n()),
                                        largest.parameters().isEmpty()
                                                ? ""
                                                : " at " + StoredSeries.shown(largest),
                                        Numbers.grouped(series.summary(largest).median()),
                                        series.metric())
                        : "";
        List<Measurement> shown =
                series.points().size() <= MOST_POINTS
                        ? series.points()
                        : series.points().subList(0, MOST_POINTS);
        return new Benchmark(
                series,
                anchor,
                Stream.of(
                                model.map(m -> PlainWords.of(m, series.metric(), series.varied())),
                                regime.map(MissOnset::sentence))
                        .flatMap(Optional::stream)
                        .reduce((words, steps) -> words + " " + steps)
                        .orElse(
                                series.varied().isEmpty()
                                        ? "The operation has no parameter."
                                        : "The operation has no claim about its growth here, so no model was fitted."),
                constant,
                own,
                shown.stream().map(ReportSections::row).toList(),
                series.points().size() - shown.size());
    }

    private static Row row(Measurement point) {
        double[] sorted = point.point().values();
        Arrays.sort(sorted);
        return new Row(
                StoredSeries.shown(point),
                Numbers.grouped(sorted.length),
                Numbers.grouped(sorted[0]),
                quantile(sorted, 0.5),
                quantile(sorted, 0.9),
                quantile(sorted, 0.99),
                Numbers.grouped(sorted[sorted.length - 1]),
                Numbers.grouped(point.summary().mean()),
                Numbers.grouped(point.overhead().min())
                        + (point.overhead().max() > point.overhead().min()
                                ? " to " + Numbers.grouped(point.overhead().max())
                                : ""));
    }

    private static String quantile(double[] sorted, double order) {
        Estimate q = OrderStatistics.interval(sorted, order, 0.95);
        return sorted[0] == sorted[sorted.length - 1]
                ? Numbers.grouped(q.value())
                : "%s (%s)"
                        .formatted(Numbers.grouped(q.value()), Numbers.interval(q.low(), q.high()));
    }

    /** Anchor of each verdict's explanation. */
    static Map<StoredVerdict, String> anchors(List<Operation> operations) {
        Map<StoredVerdict, String> anchors = new HashMap<>();
        operations.forEach(
                operation -> operation.all().forEach(v -> anchors.put(v.verdict(), v.anchor())));
        return anchors;
    }
}
