package org.feuerprobe.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.fitness.BootTrust;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.fitness.SeriesTrust;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.results.StoredResults.UnreadableResultsException;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.verdict.VerdictKind;
import tools.jackson.databind.JsonNode;

/** Turns the documents of a results folder into a {@link StoredCampaign}. */
final class StoredReader {
    private final Path folder;

    private StoredReader(Path folder) {
        this.folder = folder;
    }

    static StoredCampaign campaign(
            Path folder, JsonNode manifest, JsonNode verdicts, List<Measurement> measurements)
            throws UnreadableResultsException {
        return new StoredReader(folder).read(manifest, verdicts, measurements);
    }

    private StoredCampaign read(
            JsonNode manifest, JsonNode verdicts, List<Measurement> measurements)
            throws UnreadableResultsException {
        List<StoredVerdict> read = new ArrayList<>();
        for (JsonNode verdict : verdicts.path("verdicts")) {
            read.add(verdict(verdict, read.size()));
        }
        List<String> rejected = new ArrayList<>();
        for (JsonNode entry : verdicts.path("rejected")) {
            rejected.add(
                    Names.prose(
                            "%s %s: %s"
                                    .formatted(
                                            text(entry, "benchmark"),
                                            point(entry.path("params")),
                                            text(entry, "reason"))));
        }
        JsonNode repetition = verdicts.path("repetition");
        boolean timed = Metric.of(text(manifest, "metric")).kind() != Metric.Kind.EXACT;
        boolean differs = compared(repetition) && !repetition.path("identical").asBoolean(false);
        List<String> command = new ArrayList<>();
        for (JsonNode word : manifest.path("command")) {
            command.add(Names.of(word.asString("")));
        }
        return new StoredCampaign(
                text(manifest, "feuerprobe"),
                text(verdicts, "subject"),
                command,
                text(manifest, "began"),
                manifest.path("seconds").asDouble(0),
                text(verdicts, "bounds"),
                facts(manifest),
                timed ? "" : repeated(repetition),
                timed || !differs || recorded(repetition),
                rejected,
                read,
                StoredSeries.of(measurements),
                Beside.read(manifest.path("beside")),
                List.of(),
                List.of(),
                trust(manifest, measurements));
    }

    /** As the manifest says; an older one has only the state of each boot's clock. */
    private static List<SeriesTrust> trust(JsonNode manifest, List<Measurement> measurements) {
        List<SeriesTrust> sources = new ArrayList<>();
        for (JsonNode series : manifest.path("trust")) {
            sources.add(
                    new SeriesTrust(
                            text(series, "target"),
                            text(series, "metric"),
                            trust(
                                    text(series, "state"),
                                    prose(series, "why"),
                                    prose(series, "remedy"))));
        }
        if (manifest.path("trust").isArray()) {
            return sources;
        }
        List<BootTrust> clocks = new ArrayList<>();
        for (JsonNode boot : manifest.path("boots")) {
            if (boot.has("clock")) {
                String state = text(boot.path("clock"), "state");
                clocks.add(
                        new BootTrust(
                                boot.path("boot").asInt(0),
                                state.isEmpty()
                                        ? ClockFitness.unreported()
                                        : trust(state, state, ClockFitness.REMEDY)));
            }
        }
        return SeriesTrust.of(measurements, clocks, sources);
    }

    private static Trust trust(String state, String why, String remedy) {
        for (Trust.State known : Trust.State.values()) {
            if (known.name().equals(state)) {
                return new Trust(known, why, known == Trust.State.FIT ? "" : remedy);
            }
        }
        return Trust.unknown(
                "the results say '%s', which this program does not know".formatted(state),
                "use the version that wrote them");
    }

    /** One sentence; empty where nothing was compared that could have been. */
    private static String repeated(JsonNode repetition) {
        boolean recorded = recorded(repetition);
        if (!compared(repetition)) {
            return recorded
                    ? "A recording cannot be booted again, so nothing is said of repetition."
                    : "";
        }
        if (!repetition.path("identical").asBoolean(false)) {
            return "%s differ: %s."
                    .formatted(
                            recorded
                                    ? "The first two boots of the recording"
                                    : "Two boots with the same seed",
                            text(repetition, "difference"));
        }
        return "%s gave %s identical values."
                .formatted(
                        recorded
                                ? "The first two boots of the recording"
                                : "Two boots with seed " + repetition.path("seed").asLong(0),
                        Figures.number(repetition.path("values").asLong(0)));
    }

    private static boolean recorded(JsonNode repetition) {
        return repetition.path("recorded").asBoolean(false);
    }

    /** Older documents say that no values are identical. */
    private static boolean compared(JsonNode repetition) {
        return repetition.path("values").asLong(0) > 0 || !text(repetition, "difference").isEmpty();
    }

    private static SequencedMap<String, String> facts(JsonNode manifest) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        JsonNode kernel = manifest.path("kernel");
        String name =
                List.of(text(kernel, "name"), text(kernel, "version"), text(kernel, "variant"))
                        .stream()
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" "));
        put(facts, "kernel", name);
        put(facts, "image SHA-256", text(kernel, "sha256"));
        kernel.path("build")
                .properties()
                .forEach(e -> put(facts, "kernel " + Names.of(e.getKey()), scalar(e.getValue())));
        manifest.path("testbed")
                .properties()
                .forEach(e -> put(facts, Names.of(e.getKey()), scalar(e.getValue())));
        put(facts, "target", scalar(manifest.path("target")));
        put(facts, "metric", scalar(manifest.path("metric")));
        put(facts, "seed", scalar(manifest.path("seed")));
        put(facts, "boots", Integer.toString(manifest.path("boots").size()));
        put(facts, "plan entries a boot", Integer.toString(manifest.path("plan").size()));
        put(facts, "Feuerprobe", scalar(manifest.path("feuerprobe")));
        return facts;
    }

    private static void put(SequencedMap<String, String> facts, String key, String value) {
        if (!value.isEmpty()) {
            facts.put(key, value);
        }
    }

    /** A fact's value: text as it is, anything else as JSON. */
    private static String scalar(JsonNode node) {
        return node.isMissingNode() || node.isNull()
                ? ""
                : Names.prose(node.isString() ? node.stringValue() : node.toString());
    }

    private StoredVerdict verdict(JsonNode node, int index) throws UnreadableResultsException {
        String claim = Names.of(node.path("claim").asString(""));
        SequencedMap<String, StoredVerdict.Span> range = new LinkedHashMap<>();
        node.path("range")
                .properties()
                .forEach(e ->
                        range.put(
                                Names.of(e.getKey()),
                                new StoredVerdict.Span(
                                        number(e.getValue().path(0)),
                                        number(e.getValue().path(1)))));
        List<StoredVerdict.Evidence> evidence = new ArrayList<>();
        for (JsonNode item : node.path("evidence")) {
            evidence.add(
                    new StoredVerdict.Evidence(
                            text(item, "benchmark"),
                            kind(item, index),
                            item.path("certificate").asBoolean(false),
                            model(item),
                            prose(item, "reason"),
                            statistic(item.path("statistic")),
                            item.path("needs").path("values").asLong(0)));
        }
        List<String> notes = notes(node);
        for (JsonNode item : node.path("evidence")) {
            for (String note : notes(item)) {
                notes.add(text(item, "benchmark") + ": " + note);
            }
        }
        return new StoredVerdict(
                text(node, "bound"),
                text(node, "operation"),
                claim,
                meaning(claim),
                text(node, "kind"),
                text(node, "metric"),
                text(node, "target"),
                kind(node, index),
                text(node, "class"),
                node.path("confidence").isNumber()
                        ? Optional.of(node.path("confidence").asDouble(0))
                        : Optional.empty(),
                node.path("certificate").asBoolean(false),
                model(node),
                range,
                prose(node, "reason"),
                text(node.path("source"), "document"),
                text(node.path("source"), "section"),
                evidence,
                estimated(node.path("estimate")),
                notes);
    }

    private static Optional<StoredVerdict.Estimated> estimated(JsonNode node) {
        return node.isObject()
                ? Optional.of(
                        new StoredVerdict.Estimated(
                                number(node.path("low")),
                                or(node.path("high_without_ipi"), number(node.path("high")))))
                : Optional.empty();
    }

    /** What a reader must know beside the reason, and what would decide an open verdict. */
    private static List<String> notes(JsonNode holder) {
        List<String> notes = new ArrayList<>();
        for (JsonNode note : holder.path("notes")) {
            notes.add(Names.prose(note.asString("")));
        }
        JsonNode needs = holder.path("needs").path("reason");
        if (needs.isString()) {
            notes.add(Names.prose(needs.stringValue()));
        }
        return notes;
    }

    private VerdictKind kind(JsonNode node, int index) throws UnreadableResultsException {
        String word = text(node, "verdict");
        for (VerdictKind kind : VerdictKind.values()) {
            if (kind.name().equals(word)) {
                return kind;
            }
        }
        throw new UnreadableResultsException(
                "%s: verdict %d is '%s', which this program does not know: use the version that wrote it"
                        .formatted(folder.resolve("verdicts.json"), index + 1, word));
    }

    private static Optional<Claim> meaning(String claim) {
        try {
            return Optional.of(Claim.parse(claim, Claim.Mode.UPPER));
        } catch (ClaimSyntaxException e) {
            return Optional.empty();
        }
    }

    /** The model of a verdict or of one item of its evidence; regimes stand in it or beside it. */
    private static Optional<StoredModel> model(JsonNode holder) {
        JsonNode node = holder.path("model");
        if (!node.isObject()) {
            return Optional.empty();
        }
        List<StoredModel.Term> terms = new ArrayList<>();
        for (JsonNode term : node.path("terms")) {
            double coefficient = number(term.path("coefficient"));
            String of = text(term, "of");
            terms.add(
                    new StoredModel.Term(
                            new StoredModel.Amount(
                                    coefficient,
                                    or(term.path("low"), coefficient),
                                    or(term.path("high"), coefficient)),
                            of,
                            StoredModel.product(of)));
        }
        List<StoredModel.Regime> regimes = new ArrayList<>();
        JsonNode list =
                node.path("regimes").isArray() ? node.path("regimes") : holder.path("regimes");
        for (JsonNode regime : list) {
            regimes.add(
                    new StoredModel.Regime(
                            text(regime, "parameter"),
                            number(regime.path("after")),
                            number(regime.path("before")),
                            text(regime, "change"),
                            amount(regime.path("size")),
                            prose(regime, "text")));
        }
        return Optional.of(
                new StoredModel(
                        prose(node, "text"),
                        amount(node.path("intercept")),
                        terms,
                        regimes,
                        node.path("exact").asBoolean(false),
                        number(node.path("largest_residual"))));
    }

    private static Optional<StoredVerdict.Statistic> statistic(JsonNode node) {
        return node.isObject()
                ? Optional.of(
                        new StoredVerdict.Statistic(
                                text(node, "name"),
                                amount(node.path("value")),
                                node.path("n").asLong(0),
                                node.path("required_n").asLong(0),
                                number(node.path("observed_max")),
                                node.path("above_limit").asLong(0)))
                : Optional.empty();
    }

    private static StoredModel.Amount amount(JsonNode node) {
        if (!node.isObject()) {
            return StoredModel.Amount.exact(number(node));
        }
        double value = number(node.path("value"));
        return new StoredModel.Amount(
                value,
                node.path("low").isNull() ? Double.NEGATIVE_INFINITY : or(node.path("low"), value),
                node.path("high").isNull()
                        ? Double.POSITIVE_INFINITY
                        : or(node.path("high"), value));
    }

    private static double or(JsonNode node, double otherwise) {
        return node.isNumber() ? number(node) : otherwise;
    }

    private static double number(JsonNode node) {
        double value = node.asDouble(0);
        return Double.isFinite(value) ? value : 0;
    }

    private static String point(JsonNode params) {
        return params.properties().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String text(JsonNode node, String key) {
        return Names.of(node.path(key).asString(""));
    }

    private static String prose(JsonNode node, String key) {
        return Names.prose(node.path(key).asString(""));
    }
}
