package org.feuerprobe.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.probe.HarmlessText;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.Decision;

/**
 * The campaign as one self-contained page: no script, no outside file, every text escaped by the
 * template engine and free of characters that would reorder a line.
 */
public final class ReportPage {
    private static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(
                    null,
                    ContentType.Html,
                    ReportPage.class.getClassLoader(),
                    "org.feuerprobe.report.template");

    private ReportPage() {}

    /** What the template shows. */
    public record Page(
            CampaignReport report,
            String counts,
            List<Row> rows,
            Map<String, List<String>> reasons,
            List<Section> sections,
            Map<String, String> facts) {}

    /** One verdict. */
    public record Row(
            BoundVerdict verdict, String kind, String growth, String model, String range) {}

    /** One benchmark. {@code svg} is finished markup, made by {@link Chart}. */
    public record Section(
            String benchmark, String anchor, String svg, String model, List<Measurement> points) {}

    /** The page as HTML. */
    public static String html(CampaignReport report) {
        StringOutput output = new StringOutput();
        ENGINE.render(
                "report.jte",
                new Page(
                        report,
                        VerdictTable.counts(report.verdicts()),
                        report.verdicts().stream().map(ReportPage::row).toList(),
                        VerdictTable.grouped(report.verdicts()),
                        sections(report),
                        facts(report)),
                output);
        return output.toString()
                .lines()
                .map(HarmlessText::of)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Row row(BoundVerdict verdict) {
        var model =
                verdict.decisive().map(BoundVerdict.Evidence::decision).flatMap(Decision::model);
        return new Row(
                verdict,
                verdict.kind().toString(),
                model.map(m -> m.growth().toString()).orElse("–"),
                model.map(m -> m.describe(Documents.parameters(verdict)) + " " + verdict.metric())
                        .orElse("–"),
                VerdictTable.range(verdict));
    }

    private static List<Section> sections(CampaignReport report) {
        Map<String, CostModel> models = new LinkedHashMap<>();
        for (BoundVerdict verdict : report.verdicts()) {
            for (BoundVerdict.Evidence evidence : verdict.evidence()) {
                evidence.decision()
                        .model()
                        .ifPresent(model -> models.putIfAbsent(evidence.benchmark(), model));
            }
        }
        Map<String, List<Measurement>> byBenchmark =
                report.result().measurements().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Measurement::benchmark,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        List<Section> sections = new ArrayList<>();
        byBenchmark.forEach((benchmark, points) -> {
            List<CostModel> fitted =
                    models.containsKey(benchmark) ? List.of(models.get(benchmark)) : List.of();
            sections.add(
                    section(
                            benchmark,
                            "benchmark-" + sections.size(),
                            report.metric(),
                            points,
                            fitted));
        });
        return sections;
    }

    private static Section section(
            String benchmark,
            String anchor,
            String metric,
            List<Measurement> points,
            List<CostModel> models) {
        List<String> parameters = List.copyOf(points.getFirst().parameters().sequencedKeySet());
        String svg =
                parameters.size() == 1
                        ? Chart.svg(
                                benchmark + " over " + parameters.getFirst(),
                                parameters.getFirst(),
                                metric,
                                points,
                                models)
                        : "";
        String model =
                models.stream()
                        .map(m ->
                                m.describe(parameters)
                                        + " "
                                        + metric
                                        + (m.exact() ? ", exact at every point" : ""))
                        .findFirst()
                        .orElse("no model");
        return new Section(benchmark, anchor, svg, model, points);
    }

    private static Map<String, String> facts(CampaignReport report) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "kernel",
                report.result().kernel().name()
                        + " "
                        + report.result().kernel().version()
                        + " "
                        + report.result().kernel().build());
        facts.put("image", report.image().sha256());
        report.image().build().forEach((key, value) -> facts.put("kernel " + key, value));
        facts.putAll(report.testbed().facts());
        facts.put("seed", Long.toString(report.result().plan().seed()));
        facts.put("boots", Integer.toString(report.result().boots().size()));
        facts.put("command", String.join(" ", report.command()));
        return facts;
    }
}
