package org.feuerprobe.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.fitness.BootTrust;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.fitness.SeriesTrust;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.json.Json;
import org.feuerprobe.results.StoredResults.UnreadableResultsException;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.verdict.ProvedCost;
import org.feuerprobe.verdict.VerdictKind;

/** Parser of a results folder's documents. */
final class StoredReader {
    private final Path folder;

    private StoredReader(Path folder) {
        this.folder = folder;
    }

    static StoredCampaign campaign(
            Path folder, Json manifest, Json verdicts, List<Measurement> measurements)
            throws UnreadableResultsException {
        return new StoredReader(folder).read(manifest, verdicts, measurements);
    }

    private StoredCampaign read(Json manifest, Json verdicts, List<Measurement> measurements)
            throws UnreadableResultsException {
        List<StoredVerdict> read = new ArrayList<>();
        for (Json verdict : verdicts.at("verdicts").items()) {
            read.add(verdict(verdict, read.size()));
        }
        List<String> rejected = new ArrayList<>();
        for (Json entry : verdicts.at("rejected").items()) {
            rejected.add(
                    ForeignText.prose(
                            "%s: %s"
                                    .formatted(
                                            (entry.name("benchmark")
                                                            + " "
                                                            + entry.at("params").point())
                                                    .strip(),
                                            entry.name("reason"))));
        }
        Json repetition = verdicts.at("repetition");
        boolean timed = Metric.of(manifest.name("metric")).kind() != Metric.Kind.EXACT;
        boolean differs = compared(repetition) && !repetition.flag("identical");
        return new StoredCampaign(
                new Provenance(
                        manifest.name("feuerprobe"),
                        manifest.names("command"),
                        manifest.name("began"),
                        manifest.number("seconds"),
                        verdicts.name("bounds"),
                        verdicts.name("subject")),
                facts(manifest),
                timed ? "" : repeated(repetition),
                timed || !differs || recorded(repetition),
                rejected,
                verdicts.prose("estimate_error"),
                read,
                StoredSeries.of(measurements),
                Context.read(manifest.at("beside")),
                List.of(),
                List.of(),
                trust(manifest, measurements));
    }

    /**
     * Trust as the manifest records it. An older manifest has only the state of each boot's clock.
     */
    private static List<SeriesTrust> trust(Json manifest, List<Measurement> measurements) {
        List<SeriesTrust> sources = new ArrayList<>();
        for (Json series : manifest.at("trust").items()) {
            sources.add(
                    new SeriesTrust(
                            series.name("target"),
                            series.name("metric"),
                            trust(
                                    series.name("state"),
                                    series.prose("why"),
                                    series.prose("remedy"))));
        }
        if (manifest.at("trust").isList()) {
            return sources;
        }
        List<BootTrust> clocks = new ArrayList<>();
        for (Json boot : manifest.at("boots").items()) {
            if (boot.has("clock")) {
                String state = boot.at("clock").name("state");
                clocks.add(
                        new BootTrust(
                                (int) boot.whole("boot"),
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
                return new Trust(
                        known, why.isEmpty() ? state : why, known == Trust.State.FIT ? "" : remedy);
            }
        }
        return Trust.unknown(
                "the results say '%s', which this program does not know".formatted(state),
                "use the version that wrote them");
    }

    /** One sentence on repetition; empty if no boots were compared. */
    private static String repeated(Json repetition) {
        boolean recorded = recorded(repetition);
        if (!compared(repetition)) {
            return recorded
                    ? "The recording has one boot, so nothing is known of repetition: record two for certificates."
                    : "";
        }
        String boots =
                recorded
                        ? "The boots of the recording"
                        : "Two boots with seed " + repetition.whole("seed");
        return repetition.flag("identical")
                ? "%s gave identical counts (%s values)."
                        .formatted(boots, Numbers.grouped(repetition.whole("values")))
                : "%s differ, so counts are not exact here: %s."
                        .formatted(boots, repetition.name("difference"));
    }

    private static boolean recorded(Json repetition) {
        return repetition.flag("recorded");
    }

    /** Whether boots were compared. Older documents call boots without values identical. */
    private static boolean compared(Json repetition) {
        return repetition.whole("values") > 0 || !repetition.name("difference").isEmpty();
    }

    private static SequencedMap<String, String> facts(Json manifest) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        Json kernel = manifest.at("kernel");
        String name =
                List.of(kernel.name("name"), kernel.name("version"), kernel.name("variant"))
                        .stream()
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" "));
        put(facts, "kernel", name);
        put(facts, "image SHA-256", kernel.name("sha256"));
        kernel.at("build")
                .fields()
                .forEach((key, value) -> put(facts, "kernel " + ForeignText.of(key), value.fact()));
        manifest.at("testbed")
                .fields()
                .forEach((key, value) -> put(facts, ForeignText.of(key), value.fact()));
        put(facts, "target", manifest.at("target").fact());
        put(facts, "metric", manifest.at("metric").fact());
        put(facts, StoredCampaign.CACHES, manifest.at("options").at(CampaignReport.CACHES).fact());
        put(facts, "seed", manifest.at("seed").fact());
        put(facts, "boots", Integer.toString(manifest.at("boots").size()));
        put(facts, "plan entries a boot", Integer.toString(manifest.at("plan").size()));
        put(facts, "Feuerprobe", manifest.at("feuerprobe").fact());
        return facts;
    }

    private static void put(SequencedMap<String, String> facts, String key, String value) {
        if (!value.isEmpty()) {
            facts.put(key, value);
        }
    }

    private StoredVerdict verdict(Json node, int index) throws UnreadableResultsException {
        String claim = node.name("claim");
        SequencedMap<String, StoredVerdict.Range> range = new LinkedHashMap<>();
        node.at("range")
                .fields()
                .forEach((key, ends) ->
                        range.put(
                                ForeignText.of(key),
                                new StoredVerdict.Range(ends.at(0).number(), ends.at(1).number())));
        List<StoredVerdict.Evidence> evidence = new ArrayList<>();
        for (Json item : node.at("evidence").items()) {
            evidence.add(
                    new StoredVerdict.Evidence(
                            item.name("benchmark"),
                            kind(item, index),
                            item.flag("certificate"),
                            model(item),
                            item.prose("reason"),
                            statistic(item.at("statistic")),
                            item.at("needs").whole("values")));
        }
        List<String> notes = notes(node);
        for (Json item : node.at("evidence").items()) {
            for (String note : notes(item)) {
                notes.add(item.name("benchmark") + ": " + note);
            }
        }
        return new StoredVerdict(
                node.name("bound"),
                node.name("operation"),
                claim,
                meaning(claim),
                node.name("kind"),
                node.name("metric"),
                node.name("target"),
                kind(node, index),
                node.name("class"),
                node.at("confidence").isNumber()
                        ? Optional.of(node.number("confidence"))
                        : Optional.empty(),
                node.flag("certificate"),
                model(node),
                range,
                node.prose("reason"),
                node.at("source").name("document"),
                node.at("source").name("section"),
                evidence,
                parts(node),
                estimated(node.at("estimate")),
                proved(node.at("proved")),
                notes);
    }

    private static Optional<ProvedCost> proved(Json node) {
        return node.isObject()
                ? Optional.of(
                        new ProvedCost(
                                node.name("function"),
                                node.name("law"),
                                node.name("where"),
                                node.at("ratio").items().getFirst().number(),
                                node.at("ratio").items().getLast().number()))
                : Optional.empty();
    }

    private static Optional<StoredVerdict.Estimated> estimated(Json node) {
        return node.isObject()
                ? Optional.of(
                        new StoredVerdict.Estimated(
                                node.number("low"),
                                or(node.at("high_without_ipi"), node.number("high")),
                                interrupting(node)))
                : Optional.empty();
    }

    private static OptionalDouble interrupting(Json node) {
        Json alone = node.at("high_without_ipi");
        double high = node.number("high");
        return alone.isNumber() && alone.number() < high
                ? OptionalDouble.of(high)
                : OptionalDouble.empty();
    }

    private static List<String> parts(Json node) {
        List<String> parts = new ArrayList<>();
        for (Json item : node.at("composition").items()) {
            parts.add(item.name("benchmark") + ": " + item.prose("text"));
        }
        return parts;
    }

    /** Notes on a verdict, and what would decide it if it is open. */
    private static List<String> notes(Json holder) {
        List<String> notes = new ArrayList<>();
        for (Json note : holder.at("notes").items()) {
            notes.add(note.prose());
        }
        Json needs = holder.at("needs").at("reason");
        if (needs.isText()) {
            notes.add(needs.prose());
        }
        return notes;
    }

    private VerdictKind kind(Json node, int index) throws UnreadableResultsException {
        Optional<VerdictKind> kind = node.at("verdict").constant(VerdictKind.class);
        if (kind.isEmpty()) {
            throw new UnreadableResultsException(
                    "%s: verdict %d is '%s', which this program does not know: use the version that wrote it"
                            .formatted(
                                    folder.resolve("verdicts.json"),
                                    index + 1,
                                    node.name("verdict")));
        }
        return kind.get();
    }

    private static Optional<Claim> meaning(String claim) {
        try {
            return Optional.of(Claim.parse(claim, Claim.Mode.UPPER));
        } catch (ClaimSyntaxException e) {
            return Optional.empty();
        }
    }

    /** The model of a verdict, or of one item of its evidence. Regimes are in it or beside it. */
    private static Optional<StoredModel> model(Json holder) {
        Json node = holder.at("model");
        if (!node.isObject()) {
            return Optional.empty();
        }
        List<StoredModel.Term> terms = new ArrayList<>();
        for (Json term : node.at("terms").items()) {
            double coefficient = term.number("coefficient");
            String of = term.name("of");
            terms.add(
                    new StoredModel.Term(
                            new StoredModel.Amount(
                                    coefficient,
                                    or(term.at("low"), coefficient),
                                    or(term.at("high"), coefficient)),
                            of,
                            StoredModel.product(of)));
        }
        List<StoredModel.Break> regimes = new ArrayList<>();
        Json list = node.at("regimes").isList() ? node.at("regimes") : holder.at("regimes");
        for (Json regime : list.items()) {
            regimes.add(
                    new StoredModel.Break(
                            regime.name("parameter"),
                            regime.number("after"),
                            regime.number("before"),
                            regime.name("change"),
                            amount(regime.at("size")),
                            regime.prose("text")));
        }
        return Optional.of(
                new StoredModel(
                        node.prose("text"),
                        amount(node.at("intercept")),
                        terms,
                        regimes,
                        node.flag("exact"),
                        node.number("largest_residual")));
    }

    private static Optional<StoredVerdict.Statistic> statistic(Json node) {
        return node.isObject()
                ? Optional.of(
                        new StoredVerdict.Statistic(
                                node.name("name"),
                                amount(node.at("value")),
                                node.whole("n"),
                                node.whole("required_n"),
                                node.number("observed_max"),
                                node.whole("above_limit")))
                : Optional.empty();
    }

    private static StoredModel.Amount amount(Json node) {
        if (!node.isObject()) {
            return StoredModel.Amount.exact(node.number());
        }
        double value = node.number("value");
        return new StoredModel.Amount(
                value,
                node.at("low").isNull() ? Double.NEGATIVE_INFINITY : or(node.at("low"), value),
                node.at("high").isNull() ? Double.POSITIVE_INFINITY : or(node.at("high"), value));
    }

    private static double or(Json node, double otherwise) {
        return node.isNumber() ? node.number() : otherwise;
    }
}
