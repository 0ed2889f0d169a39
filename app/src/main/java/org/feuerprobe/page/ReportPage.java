package org.feuerprobe.page;

import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.feuerprobe.plot.Plot;
import org.feuerprobe.plot.SvgPlot;
import org.feuerprobe.report.Discrepancies;
import org.feuerprobe.report.MeasuredFigure;
import org.feuerprobe.report.VerdictSymbol;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * A campaign as one self-contained page, with style, script and data in the file. The template
 * engine escapes every text. A content policy forbids other scripts and all requests. Without
 * script, tables and SVG show every verdict and figure.
 */
public final class ReportPage {
    private ReportPage() {}

    /**
     * Data for the template.
     *
     * @param history file of the page that shows the history over campaigns; empty if there is none
     * @param parts style, script and the charts' data, which are trusted or escaped
     */
    public record Page(
            StoredCampaign campaign,
            String headline,
            List<Count> counts,
            List<String> columns,
            List<Cell> findings,
            List<Metric> metrics,
            List<MatrixRow> matrix,
            List<ReportSections.Operation> operations,
            List<Discrepancies.Contradiction> contradictions,
            ComparisonTable comparison,
            String history,
            PageParts parts) {
        /** A chart as SVG markup, made by {@link SvgPlot}. */
        public String svg(Plot plot) {
            return SvgPlot.of(plot);
        }

        /** CSS classes that give a layer its colour and shape. */
        public String classes(Plot.Layer layer) {
            return ("role-" + layer.role() + " style-" + layer.style()).toLowerCase(Locale.ROOT);
        }

        /** Kernel, machine and emulator in one line; empty if nothing is known about them. */
        public String testbed() {
            List<String> known = new ArrayList<>();
            for (String key : List.of("kernel", "cpu", "emulator", "os")) {
                String fact = campaign.facts().getOrDefault(key, "");
                if (!fact.isEmpty()) {
                    known.add(fact);
                }
                if (key.equals("cpu")
                        && campaign.facts().getOrDefault("virtualised", "").equals("yes")) {
                    known.add("virtualised");
                }
            }
            return known.isEmpty() ? "" : String.join(", ", known) + ".";
        }

        public String seconds() {
            return String.format(Locale.ROOT, "%.1f s", campaign.provenance().seconds());
        }
    }

    /** Number of verdicts of one kind. */
    public record Count(VerdictKind kind, long count) {
        public String symbol() {
            return VerdictSymbol.of(kind);
        }
    }

    /** One operation, with its verdicts in each column. */
    public record MatrixRow(String operation, String anchor, List<MatrixCell> cells) {}

    /** Verdicts on one operation in one column. Those that cannot be measured here are separate. */
    public record MatrixCell(List<Cell> decided, List<Cell> unmeasurable) {}

    /**
     * Whether a metric that bounds or benchmarks use is trustworthy here.
     *
     * @param claims claims that cannot be decided without it
     */
    public record Metric(String name, boolean fit, String why, List<Cell> claims) {}

    /** One verdict in the matrix and its number, which is empty if there is none. */
    public record Cell(StoredVerdict verdict, String anchor, String figure) {
        public String symbol() {
            return VerdictSymbol.of(verdict.verdict());
        }

        /** The finding: growth class and model, or the reason. */
        public String found() {
            String model = verdict.model().map(StoredModel::text).orElse("");
            return verdict.absolute() || model.isEmpty() || verdict.growth().isEmpty()
                    ? verdict.reason()
                    : verdict.growth() + ": " + model;
        }
    }

    /** The page as HTML. */
    public static String html(StoredCampaign campaign) {
        return html(campaign, "");
    }

    /** The page as HTML, with a link to the page {@code history} beside it unless that is empty. */
    public static String html(StoredCampaign campaign, String history) {
        ReportSections sections = new ReportSections(campaign);
        List<ReportSections.Operation> operations = sections.operations();
        Map<StoredVerdict, String> anchors = ReportSections.anchors(operations);
        List<String> columns = columns(campaign);
        String unit = campaign.facts().getOrDefault("metric", "");
        ComparisonTable comparison = ComparisonTable.of(campaign);
        List<Plot> plots = new ArrayList<>(sections.plots());
        plots.addAll(comparison.plots());
        StringOutput output = new StringOutput(1 << 20);
        PageParts.ENGINE.render(
                "report.jte",
                new Page(
                        campaign,
                        headline(campaign),
                        campaign.counts().entrySet().stream()
                                .map(e -> new Count(e.getKey(), e.getValue()))
                                .toList(),
                        columns,
                        findings(campaign, anchors),
                        metrics(campaign, anchors),
                        operations.stream()
                                .filter(operation -> !operation.all().isEmpty())
                                .map(operation -> row(operation, columns, anchors, unit))
                                .toList(),
                        operations,
                        Discrepancies.betweenDocuments(campaign),
                        comparison,
                        history,
                        PageParts.of(PageData.of(plots))),
                output);
        return output.toString();
    }

    /** All charts of the page. */
    public static List<Plot> plots(StoredCampaign campaign) {
        ReportSections sections = new ReportSections(campaign);
        sections.operations();
        List<Plot> plots = new ArrayList<>(sections.plots());
        plots.addAll(ComparisonTable.of(campaign).plots());
        return List.copyOf(plots);
    }

    private static String headline(StoredCampaign campaign) {
        Map<VerdictKind, Long> counts = campaign.counts();
        long violated = counts.getOrDefault(VerdictKind.VIOLATED, 0L);
        long kept =
                counts.getOrDefault(VerdictKind.HOLDS, 0L)
                        + counts.getOrDefault(VerdictKind.LOOSE, 0L);
        int all = campaign.verdicts().size();
        if (all == 0) {
            return "figures without verdicts";
        }
        String rest =
                counted(counts, VerdictKind.INCONCLUSIVE, "; %d inconclusive")
                        + counted(counts, VerdictKind.NOT_EXERCISED, "; %d not exercised")
                        + counted(counts, VerdictKind.NOT_MEASURABLE, "; %d not measurable here");
        return violated == 0
                ? "no bound is violated: %d of %d hold%s".formatted(kept, all, rest)
                : "%d of %d bounds %s violated; %d hold%s"
                        .formatted(violated, all, violated == 1 ? "is" : "are", kept, rest);
    }

    private static String counted(Map<VerdictKind, Long> counts, VerdictKind kind, String format) {
        long count = counts.getOrDefault(kind, 0L);
        return count == 0 ? "" : format.formatted(count);
    }

    private static List<String> columns(StoredCampaign campaign) {
        List<String> columns = new ArrayList<>(List.of("documented", "target"));
        campaign.verdicts().stream()
                .filter(v -> !v.absolute())
                .map(StoredVerdict::kind)
                .filter(kind -> !columns.contains(kind))
                .distinct()
                .forEach(columns::add);
        columns.add("absolute");
        return columns;
    }

    private static MatrixRow row(
            ReportSections.Operation operation,
            List<String> columns,
            Map<StoredVerdict, String> anchors,
            String unit) {
        List<MatrixCell> cells = new ArrayList<>();
        for (String column : columns) {
            List<Cell> all =
                    operation.all().stream()
                            .map(ReportSections.Explained::verdict)
                            .filter(v -> (v.absolute() ? "absolute" : v.kind()).equals(column))
                            .map(v -> cell(v, anchors, unit))
                            .toList();
            cells.add(
                    new MatrixCell(
                            all.stream().filter(c -> !unmeasurable(c)).toList(),
                            all.stream().filter(ReportPage::unmeasurable).toList()));
        }
        return new MatrixRow(operation.name(), operation.anchor(), cells);
    }

    private static boolean unmeasurable(Cell cell) {
        return cell.verdict().verdict() == VerdictKind.NOT_MEASURABLE;
    }

    private static Cell cell(
            StoredVerdict verdict, Map<StoredVerdict, String> anchors, String unit) {
        return new Cell(
                verdict,
                Objects.requireNonNullElse(anchors.get(verdict), ""),
                MeasuredFigure.of(verdict, unit));
    }

    /** Bounds that are not as claimed, worst first. */
    private static List<Cell> findings(
            StoredCampaign campaign, Map<StoredVerdict, String> anchors) {
        List<Cell> findings = new ArrayList<>();
        for (VerdictKind kind :
                List.of(
                        VerdictKind.VIOLATED,
                        VerdictKind.INCONCLUSIVE,
                        VerdictKind.NOT_EXERCISED,
                        VerdictKind.LOOSE)) {
            campaign.verdicts().stream()
                    .filter(v -> v.verdict() == kind)
                    .forEach(v -> findings.add(cell(v, anchors, "")));
        }
        return findings;
    }

    /** Metrics that were measured, then those that could not be, with the claims that need them. */
    private static List<Metric> metrics(
            StoredCampaign campaign, Map<StoredVerdict, String> anchors) {
        List<Metric> metrics = new ArrayList<>();
        for (String metric : campaign.metrics()) {
            boolean own = metric.equals(campaign.facts().getOrDefault("metric", metric));
            List<String> warnings =
                    campaign.doubtful().stream()
                            .filter(series -> series.metric().equals(metric))
                            .map(series -> series.warning() + ".")
                            .toList();
            if (!warnings.isEmpty()) {
                metrics.add(new Metric(metric, false, String.join(" ", warnings), List.of()));
                continue;
            }
            metrics.add(
                    new Metric(
                            metric,
                            !own || campaign.repeats(),
                            own ? campaign.repetition() : "Measured beside the clock.",
                            List.of()));
        }
        SequencedMap<String, List<Cell>> reasons = new LinkedHashMap<>();
        campaign.verdicts().stream()
                .filter(v -> v.verdict() == VerdictKind.NOT_MEASURABLE)
                .forEach(v ->
                        reasons.computeIfAbsent(v.reason(), _ -> new ArrayList<>())
                                .add(cell(v, anchors, "")));
        reasons.forEach((reason, claims) ->
                metrics.add(
                        new Metric(claims.getFirst().verdict().metric(), false, reason, claims)));
        return metrics;
    }
}
