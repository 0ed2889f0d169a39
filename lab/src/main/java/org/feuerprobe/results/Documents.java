package org.feuerprobe.results;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.fitness.SeriesTrust;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Summary;
import org.feuerprobe.testbed.CycleEstimate;
import org.feuerprobe.testbed.TestbedState;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.Decision;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The JSON documents of a campaign: {@code docs/results.md} lists their fields. */
public final class Documents {
    static final int SCHEMA = 1;

    /** Schema of the manifest and the folder. Schema 1 had samples.jsonl and no seal. */
    static final int FOLDER_SCHEMA = 2;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder().characterEscapes(new HarmlessEscapes()).build())
                    .build();
    private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

    /** File of the values in the order of time. */
    static final String SAMPLES = "samples.fpb";

    /** File of how often each value occurred. */
    static final String COUNTS = "counts.fpb";

    private Documents() {}

    /** The text of {@code verdicts.json}, which {@code validate --json} prints too. */
    public static String verdicts(CampaignReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("feuerprobe", report.provenance().version());
        document.put("subject", report.provenance().subject());
        document.put("bounds", report.provenance().boundsFile());
        document.put("kernel", kernel(report));
        document.put("seed", report.result().plan().seed());
        document.put("repetition", repetition(report.result().repetition()));
        document.put(
                "rejected", report.result().rejected().stream().map(Documents::rejected).toList());
        document.put(
                "verdicts",
                report.verdicts().stream()
                        .map(verdict -> verdict(verdict, report.conditions()))
                        .toList());
        document.put("estimate_error", report.conditions().estimateError());
        return PRETTY.writeValueAsString(document);
    }

    /** The output of {@code bench --json}. */
    public static String measurements(List<CampaignResult> results) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("measurements", results.stream().flatMap(Documents::measurements).toList());
        return PRETTY.writeValueAsString(document);
    }

    private static Stream<Map<String, Object>> measurements(CampaignResult result) {
        List<SeriesTrust> found = result.trust();
        return result.all().stream()
                .map(measurement -> {
                    Map<String, Object> fields = measurement(measurement);
                    fields.put(
                            "unfit",
                            SeriesTrust.in(found, measurement.target(), measurement.metric())
                                    .filter(trust -> !trust.believed())
                                    .map(Trust::text)
                                    .orElse(null));
                    return fields;
                });
    }

    /** The output of {@code bench --list --json}. */
    public static String benchmarks(List<Benchmark> benchmarks) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("benchmarks", benchmarks);
        return PRETTY.writeValueAsString(document);
    }

    /** {@code manifest.json}: everything needed to understand and repeat the campaign. */
    public static String manifest(CampaignReport report) {
        CampaignResult result = report.result();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", FOLDER_SCHEMA);
        document.put("feuerprobe", report.provenance().version());
        document.put("command", report.provenance().command());
        document.put("began", report.provenance().began());
        document.put("seconds", report.provenance().seconds());
        document.put("options", new java.util.TreeMap<>(report.options()));
        document.put("subject", report.provenance().subject());
        document.put("bounds", report.provenance().boundsFile());
        document.put("target", report.target());
        document.put("metric", report.metric());
        Map<String, List<String>> targets = targets(report);
        if (targets.size() > 1) {
            document.put("targets", targets);
        }
        document.put("exact", result.exact());
        document.put("kernel", kernel(report));
        document.put("testbed", report.testbed().facts());
        report.conditions().state().ifPresent(state -> document.putAll(state(state)));
        document.put("seed", result.plan().seed());
        document.put(
                "plan",
                result.plan().entries().stream()
                        .map(entry ->
                                Map.of(
                                        "benchmark", entry.benchmark().name(),
                                        "params", entry.parameters(),
                                        "samples", entry.samples(),
                                        "warmup", entry.warmup(),
                                        "batch", entry.batch()))
                        .map(java.util.TreeMap::new)
                        .toList());
        document.put("boots", result.boots().stream().map(Documents::boot).toList());
        document.put("trust", result.trust().stream().map(Documents::trust).toList());
        document.put("repetition", repetition(result.repetition()));
        document.put("beside", report.context().document());
        document.put(
                "files",
                List.of(
                        "manifest.json",
                        "verdicts.json",
                        "limits.json",
                        SAMPLES,
                        COUNTS,
                        "report.html"));
        return PRETTY.writeValueAsString(document);
    }

    /** Every target with its metrics: the campaign's own, then others that decided bounds. */
    private static Map<String, List<String>> targets(CampaignReport report) {
        Map<String, List<String>> targets = new LinkedHashMap<>();
        targets.put(report.target(), new ArrayList<>(List.of(report.metric())));
        for (Measurement m : report.result().all()) {
            List<String> metrics = targets.computeIfAbsent(m.target(), _ -> new ArrayList<>());
            if (!metrics.contains(m.metric())) {
                metrics.add(m.metric());
            }
        }
        return targets;
    }

    /** Streams {@code --format samples}: one line per point and boot, as in samples.jsonl. */
    public static void samples(List<Measurement> measurements, OutputStream out)
            throws IOException {
        ObjectWriter line = MAPPER.writer();
        for (Measurement measurement : measurements) {
            for (BootSamples boot : measurement.boots()) {
                Map<String, Object> fields = identity(measurement);
                fields.put("boot", boot.boot());
                fields.put("seed", boot.seed());
                fields.put("batch", boot.batch());
                fields.put("samples", boot.operation());
                fields.put("twin", boot.twin());
                out.write(line.writeValueAsBytes(fields));
                out.write('\n');
            }
        }
    }

    /** A document as indented JSON that is harmless to a terminal. */
    public static String pretty(Object document) {
        return PRETTY.writeValueAsString(document);
    }

    private static Map<String, Object> identity(Measurement measurement) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operation", measurement.operation());
        fields.put("benchmark", measurement.benchmark());
        fields.put("target", measurement.target());
        fields.put("metric", measurement.metric());
        fields.put("params", measurement.parameters());
        return fields;
    }

    private static Map<String, Object> measurement(Measurement measurement) {
        Map<String, Object> fields = identity(measurement);
        fields.putAll(summary(measurement.summary()));
        fields.put("boots", measurement.boots().size());
        fields.put("overhead", summary(measurement.overhead()));
        fields.put("statistics", DescriptionDocument.of(measurement.point().values()));
        Throughput.of(measurement).ifPresent(rate -> fields.put("throughput", rate.fields()));
        return fields;
    }

    private static Map<String, Object> summary(Summary summary) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("n", summary.n());
        fields.put("min", DecisionDocument.number(summary.min()));
        fields.put("median", DecisionDocument.number(summary.median()));
        fields.put("p99", DecisionDocument.number(summary.p99()));
        fields.put("max", DecisionDocument.number(summary.max()));
        fields.put("mean", DecisionDocument.number(summary.mean()));
        return fields;
    }

    private static Map<String, Object> kernel(CampaignReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", report.result().kernel().name());
        fields.put("version", report.result().kernel().version());
        fields.put("variant", report.result().kernel().build());
        fields.put("cpus", report.result().kernel().cpus());
        fields.put("image", report.image().file().toString());
        fields.put("sha256", report.image().sha256());
        fields.put("build", report.image().build());
        return fields;
    }

    private static Map<String, Object> boot(CampaignResult.Boot boot) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("boot", boot.number());
        fields.put("seed", boot.seed());
        fields.put("seconds", boot.took().toMillis() / 1000.0);
        fields.put("ticks", boot.ticks());
        fields.put("calibration", boot.calibration());
        fields.put("clock", boot.clock().map(Documents::clock).orElse(null));
        return fields;
    }

    private static Map<String, Object> trust(SeriesTrust series) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("target", series.target());
        fields.put("metric", series.metric());
        fields.put("state", series.trust().state().name());
        fields.put("why", series.trust().why());
        fields.put("remedy", series.trust().remedy());
        return fields;
    }

    /** Fitness of the clock in a boot; null if the kernel does not report it. */
    private static Map<String, Object> clock(ClockFitness clock) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", clock.trust().state().name());
        fields.put("empty_min", clock.emptyMin());
        fields.put("empty_p90", clock.emptyP90());
        fields.put("step", clock.step().orElse(null));
        fields.put("monotonic", clock.monotonic());
        fields.put("other_clock_ratio", clock.agreement().map(a -> a.ratio()).orElse(null));
        fields.put("other_clock_deviation", clock.agreement().map(a -> a.deviation()).orElse(null));
        return fields;
    }

    private static Map<String, Object> state(TestbedState state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("hash", state.fingerprint().hash());
        identity.put("facts", state.fingerprint().facts());
        fields.put("fingerprint", identity);
        Map<String, Object> fitness = new LinkedHashMap<>();
        fitness.put("before", state.before());
        fitness.put("after", state.after());
        fields.put("fitness", fitness);
        fields.put("steal", state.steal().orElse(null));
        return fields;
    }

    private static Map<String, Object> estimate(CycleEstimate estimate) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metric", Metric.ESTIMATED_CYCLES.name());
        fields.put("low", DecisionDocument.number(estimate.low()));
        fields.put("high", DecisionDocument.number(estimate.high()));
        fields.put(
                "high_without_ipi",
                estimate.alone().isPresent()
                        ? DecisionDocument.number(estimate.alone().getAsDouble())
                        : null);
        fields.put("n", estimate.n());
        fields.put("cpu", estimate.cpu());
        fields.put("assumed", estimate.assumed());
        return fields;
    }

    private static Map<String, Object> repetition(CampaignResult.Repetition repetition) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (repetition.recorded()) {
            fields.put("recorded", true);
        }
        if (repetition.compared()) {
            fields.put("seed", repetition.seed());
            fields.put("identical", repetition.identical());
            fields.put("values", repetition.values());
            fields.put("difference", repetition.difference());
        }
        return fields;
    }

    private static Map<String, Object> rejected(CampaignResult.Rejected rejected) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operation", rejected.operation());
        fields.put("benchmark", rejected.benchmark());
        fields.put("params", rejected.parameters());
        fields.put("reason", rejected.reason());
        return fields;
    }

    private static Map<String, Object> verdict(BoundVerdict verdict, CampaignConditions given) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bound", verdict.bound().id());
        fields.put("operation", verdict.bound().operation());
        fields.put("claim", verdict.bound().claim().toString());
        fields.put("kind", verdict.bound().kind().name().toLowerCase(Locale.ROOT));
        fields.put("metric", verdict.metric());
        fields.put("target", verdict.target());
        fields.put("verdict", verdict.kind().name());
        Optional<Decision> decision = verdict.decisive().map(BoundVerdict.Evidence::decision);
        fields.put(
                "class",
                decision.flatMap(Decision::growthClass).map(Object::toString).orElse(null));
        fields.put("confidence", verdict.confidence().orElse(null));
        fields.put("certificate", decision.map(Decision::certificate).orElse(false));
        fields.put(
                "model",
                decision.flatMap(Decision::model).map(model -> model(model, verdict)).orElse(null));
        fields.put("range", range(verdict));
        fields.put("reason", verdict.reason());
        SequencedMap<String, Object> source = new LinkedHashMap<>();
        source.put("document", verdict.bound().source().document());
        source.put("section", verdict.bound().source().section());
        fields.put("source", source);
        List<Object> evidence = new ArrayList<>();
        for (BoundVerdict.Evidence item : verdict.evidence()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("benchmark", item.benchmark());
            one.put("verdict", item.decision().kind().name());
            one.put("certificate", item.decision().certificate());
            one.put(
                    "model",
                    item.decision().model().map(model -> model(model, verdict)).orElse(null));
            DecisionDocument.putDetails(one, item.decision());
            one.put("reason", item.decision().reason());
            one.put("notes", item.decision().notes());
            evidence.add(one);
        }
        fields.put("evidence", evidence);
        if (!verdict.composed().isEmpty()) {
            fields.put(
                    "composition",
                    verdict.composed().stream().map(CompositionDocument::of).toList());
        }
        verdict.proved().ifPresent(cost -> fields.put("proved", DecisionDocument.proved(cost)));
        fields.put("estimate", given.estimate(verdict).map(Documents::estimate).orElse(null));
        fields.put("notes", given.notes(verdict));
        return fields;
    }

    private static Map<String, Object> model(CostModel model, BoundVerdict verdict) {
        Map<String, Object> fields =
                DecisionDocument.model(
                        model, model.describe(parameters(verdict)) + " " + verdict.metric());
        fields.put("regimes", DecisionDocument.regimes(model));
        return fields;
    }

    /** Names of the parameters of a verdict's model. */
    public static Iterable<String> parameters(BoundVerdict verdict) {
        return verdict.range().isEmpty()
                        && verdict.bound().claim() instanceof Claim.Asymptotic claim
                ? claim.expression().parameters()
                : verdict.range().sequencedKeySet();
    }

    private static Map<String, Object> range(BoundVerdict verdict) {
        Map<String, Object> fields = new LinkedHashMap<>();
        verdict.range()
                .forEach((name, range) -> fields.put(name, List.of(range.from(), range.to())));
        return fields;
    }
}
