package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;

/** Explains how a verdict was reached, from samples to verdict, with one sentence per step. */
public final class VerdictSentences {
    private VerdictSentences() {}

    public static List<String> of(StoredVerdict verdict, List<StoredSeries> series) {
        List<String> steps = new ArrayList<>();
        steps.add(claim(verdict));
        List<StoredSeries> used =
                series.stream()
                        .filter(s ->
                                s.metric().equals(verdict.metric())
                                        && verdict.evidence().stream()
                                                .anyMatch(e -> e.benchmark().equals(s.benchmark())))
                        .toList();
        used.forEach(s -> steps.add(measured(s)));
        for (StoredVerdict.Evidence evidence : verdict.evidence()) {
            evidence.model()
                    .ifPresent(model -> steps.add(model(evidence, model, verdict.metric())));
            evidence.statistic()
                    .ifPresent(statistic -> steps.add(statistic(statistic, verdict, used)));
            if (evidence.model().isEmpty() && evidence.statistic().isEmpty()) {
                steps.add(evidence.benchmark() + ": " + sentence(evidence.reason()));
            }
        }
        if (verdict.evidence().size() > 1) {
            steps.add(
                    "%d benchmarks exercise the operation, and the worst of them decides: %s."
                            .formatted(
                                    verdict.evidence().size(),
                                    verdict.decisive()
                                            .map(StoredVerdict.Evidence::benchmark)
                                            .orElse("none")));
        }
        steps.add(conclusion(verdict));
        verdict.notes().forEach(note -> steps.add(sentence(note)));
        return List.copyOf(new LinkedHashSet<>(steps));
    }

    private static String claim(StoredVerdict verdict) {
        String who =
                switch (verdict.kind()) {
                    case "documented" -> "The documents say so";
                    case "target" -> "The documents make it a target";
                    case "proposed" -> "The author of the bounds file proposes it";
                    default -> "Kind of claim: " + verdict.kind();
                };
        String where =
                verdict.document().isEmpty()
                        ? ""
                        : ": "
                                + verdict.document()
                                + (verdict.section().isEmpty() ? "" : ", " + verdict.section());
        return "Claimed: " + verdict.claim() + ". " + who + where + ".";
    }

    private static String measured(StoredSeries series) {
        Measurement first = series.points().getFirst();
        int values = series.points().stream().mapToInt(p -> series.summary(p).n()).sum();
        Set<Integer> boots =
                series.points().stream()
                        .flatMap(p -> p.boots().stream())
                        .map(b -> b.boot())
                        .collect(Collectors.toSet());
        String span =
                series.varied().stream()
                        .map(name ->
                                "%s from %s to %s"
                                        .formatted(
                                                name,
                                                Numbers.grouped(series.values(name).getFirst()),
                                                Numbers.grouped(series.values(name).getLast())))
                        .collect(Collectors.joining(", "));
        return "Measured: %s at %s%s, in %s: %s values in %s on %s, overhead twin subtracted%s."
                .formatted(
                        series.benchmark(),
                        Numbers.counted(series.points().size(), "point"),
                        span.isEmpty() ? "" : ", " + span,
                        Numbers.counted(boots.size(), "boot"),
                        Numbers.grouped(values),
                        series.metric(),
                        series.target(),
                        first.boots().getFirst().batch() > 1
                                ? ", " + first.boots().getFirst().batch() + " operations in each"
                                : "");
    }

    private static String model(StoredVerdict.Evidence evidence, StoredModel model, String metric) {
        String unit = model.text().endsWith(metric) ? "" : " " + metric;
        String text = "Cost model of " + evidence.benchmark() + ": " + model.text() + unit;
        if (evidence.certificate()) {
            return text
                    + ". It reproduces every point exactly, so the verdict is certain over these points and says"
                    + " nothing beyond them.";
        }
        return text
                + ". The point farthest from it is "
                + Numbers.grouped(model.largestResidual())
                + " "
                + metric
                + " away.";
    }

    private static String statistic(
            StoredVerdict.Statistic statistic, StoredVerdict verdict, List<StoredSeries> used) {
        boolean several = used.stream().anyMatch(series -> series.points().size() > 1);
        String needed =
                verdict.certificate()
                        ? "counts repeat exactly, so further values would be the same"
                        : "the claim needs at least %s values"
                                .formatted(Numbers.grouped(statistic.required()));
        return "%s is %s %s (95 %%: %s) from %s values%s, of which %s lie above the limit; the largest is %s; %s."
                .formatted(
                        statistic.name(),
                        Numbers.grouped(statistic.value().value()),
                        verdict.metric(),
                        Numbers.interval(statistic.value().low(), statistic.value().high()),
                        Numbers.grouped(statistic.n()),
                        several ? " at the point that decides" : "",
                        Numbers.grouped(statistic.above()),
                        Numbers.grouped(statistic.max()),
                        needed);
    }

    private static String conclusion(StoredVerdict verdict) {
        String sure =
                verdict.certificate()
                        ? " Certain over the range tested."
                        : verdict.confidence()
                                .map(c ->
                                        String.format(
                                                Locale.ROOT,
                                                " Confidence %.1f %%.",
                                                Math.floor(c * 1000) / 10))
                                .orElse("");
        return switch (verdict.verdict()) {
            case HOLDS -> "So it HOLDS: " + sentence(verdict.reason()) + sure;
            case LOOSE ->
                    "So it is LOOSE, which keeps the claim: "
                            + sentence(verdict.reason())
                            + (verdict.growth().isEmpty()
                                    ? ""
                                    : " " + verdict.growth() + " would be the tighter claim.")
                            + sure;
            case VIOLATED -> "So it is VIOLATED: " + sentence(verdict.reason()) + sure;
            case INCONCLUSIVE -> "So it is INCONCLUSIVE: " + sentence(verdict.reason()) + sure;
            case NOT_MEASURABLE -> "So it is NOT_MEASURABLE here: " + sentence(verdict.reason());
            case NOT_EXERCISED -> "So it is NOT_EXERCISED: " + sentence(verdict.reason());
        };
    }

    private static String sentence(String text) {
        String trimmed = text.strip();
        return trimmed.isEmpty() || trimmed.endsWith(".") ? trimmed : trimmed + ".";
    }
}
