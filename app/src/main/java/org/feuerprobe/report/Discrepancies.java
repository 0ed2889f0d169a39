package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.Numbers;

/**
 * Finder of contradictions between documents: different claims about the same property of an
 * operation. Each comes with what was measured.
 */
public final class Discrepancies {
    private Discrepancies() {}

    /**
     * Claims that differ.
     *
     * @param what their subject, for example {@code figures in cycles}
     * @param spread how far apart they are, in words
     * @param measured what this campaign measured for the operation
     */
    public record Contradiction(
            String operation,
            String what,
            String spread,
            List<StoredVerdict> claims,
            String measured) {}

    /** Contradictions about the same operation, unit and statistic. */
    public static List<Contradiction> betweenDocuments(StoredCampaign campaign) {
        Map<String, List<StoredVerdict>> grouped = new LinkedHashMap<>();
        for (StoredVerdict verdict : campaign.verdicts()) {
            subject(verdict)
                    .ifPresent(subject ->
                            grouped.computeIfAbsent(
                                            verdict.operation() + "\n" + subject,
                                            _ -> new ArrayList<>())
                                    .add(verdict));
        }
        List<Contradiction> contradictions = new ArrayList<>();
        grouped.forEach((key, claims) -> {
            Set<String> said =
                    claims.stream()
                            .map(Discrepancies::claimed)
                            .collect(Collectors.toCollection(LinkedHashSet::new));
            if (said.size() > 1) {
                contradictions.add(contradiction(key.split("\n", 2), claims, campaign));
            }
        });
        return contradictions;
    }

    private static Contradiction contradiction(
            String[] key, List<StoredVerdict> claims, StoredCampaign campaign) {
        List<Double> limits =
                claims.stream().flatMap(claim -> limit(claim).stream()).sorted().toList();
        List<StoredVerdict> sorted =
                claims.stream()
                        .sorted(Comparator.comparingDouble(c -> limit(c).orElse(0.0)))
                        .toList();
        String spread =
                limits.isEmpty()
                        ? claims.stream()
                                .map(StoredVerdict::claim)
                                .distinct()
                                .collect(Collectors.joining(" against "))
                        : "%s to %s, a factor of %s"
                                .formatted(
                                        Numbers.grouped(limits.getFirst()),
                                        Numbers.grouped(limits.getLast()),
                                        limits.getFirst() > 0
                                                ? Numbers.grouped(
                                                        Math.round(
                                                                        100
                                                                                * limits.getLast()
                                                                                / limits.getFirst())
                                                                / 100.0)
                                                : "no size");
        return new Contradiction(key[0], key[1], spread, sorted, measured(campaign, key[0]));
    }

    /** Medians of the operation's first benchmark on each target, in each metric. */
    private static String measured(StoredCampaign campaign, String operation) {
        return campaign.seriesOf(operation).stream()
                .collect(
                        Collectors.toMap(
                                s -> s.target() + " " + s.metric(),
                                Discrepancies::medians,
                                (first, _) -> first,
                                LinkedHashMap::new))
                .values()
                .stream()
                .collect(Collectors.joining("; "));
    }

    private static String medians(StoredSeries series) {
        double least =
                series.points().stream()
                        .mapToDouble(p -> series.summary(p).median())
                        .min()
                        .orElse(0);
        double most =
                series.points().stream()
                        .mapToDouble(p -> series.summary(p).median())
                        .max()
                        .orElse(0);
        return "%s%s %s (%s on %s)"
                .formatted(
                        Numbers.grouped(least),
                        least == most ? "" : " to " + Numbers.grouped(most),
                        series.metric(),
                        series.benchmark(),
                        series.target());
    }

    /**
     * Subject of a documented claim. Goals are wishes, so they contradict nothing and have none.
     */
    private static Optional<String> subject(StoredVerdict verdict) {
        if (!verdict.kind().equals("documented") || verdict.meaning().isEmpty()) {
            return Optional.empty();
        }
        return switch (verdict.meaning().get()) {
            case Claim.Absolute limit ->
                    Optional.of(
                            "figures in "
                                    + (limit.unit().isEmpty() ? verdict.metric() : limit.unit()));
            case Claim.Asymptotic _ -> Optional.of("growth");
        };
    }

    private static String claimed(StoredVerdict verdict) {
        return limit(verdict).map(Numbers::grouped).orElse(verdict.claim());
    }

    private static Optional<Double> limit(StoredVerdict verdict) {
        return verdict.meaning()
                .filter(Claim.Absolute.class::isInstance)
                .map(claim -> ((Claim.Absolute) claim).limit());
    }
}
