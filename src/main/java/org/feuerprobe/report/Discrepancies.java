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
import org.feuerprobe.verdict.VerdictKind;

/**
 * Where do documents contradict each other, or the measurement? Claims of one kind on one operation
 * that cannot all be meant, and claims that the measurement does not bear out.
 */
public final class Discrepancies {
    private Discrepancies() {}

    /**
     * Claims that differ.
     *
     * @param what for example {@code figures in cycles}
     * @param spread how far they lie apart, in words
     */
    public record Contradiction(
            String operation, String what, String spread, List<StoredVerdict> claims) {}

    /** A claim and what was found instead. */
    public record Departure(StoredVerdict claim, String found) {}

    /** Documents against documents: same operation, same unit and statistic, different figures. */
    static List<Contradiction> betweenDocuments(List<StoredVerdict> verdicts) {
        Map<String, List<StoredVerdict>> grouped = new LinkedHashMap<>();
        for (StoredVerdict verdict : verdicts) {
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
                            .map(Discrepancies::said)
                            .collect(Collectors.toCollection(LinkedHashSet::new));
            if (said.size() > 1) {
                contradictions.add(contradiction(key.split("\n", 2), claims));
            }
        });
        return contradictions;
    }

    private static Contradiction contradiction(String[] key, List<StoredVerdict> claims) {
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
                                        Figures.number(limits.getFirst()),
                                        Figures.number(limits.getLast()),
                                        limits.getFirst() > 0
                                                ? Figures.number(
                                                        Math.round(
                                                                        100
                                                                                * limits.getLast()
                                                                                / limits.getFirst())
                                                                / 100.0)
                                                : "no size");
        return new Contradiction(key[0], key[1], spread, sorted);
    }

    /** What a documented claim speaks of; targets are wishes and contradict nothing. */
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

    private static String said(StoredVerdict verdict) {
        return limit(verdict).map(Figures::number).orElse(verdict.claim());
    }

    private static Optional<Double> limit(StoredVerdict verdict) {
        return verdict.meaning()
                .filter(Claim.Absolute.class::isInstance)
                .map(claim -> ((Claim.Absolute) claim).limit());
    }

    /** Documents against the measurement. */
    static List<Departure> fromMeasurement(List<StoredVerdict> verdicts) {
        List<Departure> departures = new ArrayList<>();
        for (StoredVerdict verdict : verdicts) {
            if (verdict.verdict() == VerdictKind.VIOLATED
                    || verdict.verdict() == VerdictKind.LOOSE) {
                String found =
                        verdict.growth().isEmpty()
                                ? verdict.reason()
                                : verdict.growth()
                                        + verdict.model()
                                                .map(model -> ": " + model.text())
                                                .orElse("");
                departures.add(new Departure(verdict, found));
            }
        }
        return departures;
    }
}
