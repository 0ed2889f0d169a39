package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Correction of verdicts for the number of bounds. With many verdicts at 95 %, a false one is
 * likely. Holm's correction (1979) of all decided bounds limits the probability of any false alarm.
 * A violation that does not survive becomes INCONCLUSIVE. Other verdicts stay, with lower
 * confidence. Certificates are members of the family with p-value 0.
 */
public final class FamilyCorrection {
    private static final double LEVEL = 0.05;

    /** Number of boots to ask for: more than twice as many as in an ordinary campaign. */
    private static final int WANTED_BOOTS = 10;

    private FamilyCorrection() {}

    /** Corrects verdicts, and keeps their order. */
    public static List<BoundVerdict> of(List<BoundVerdict> verdicts) {
        List<Double> chances = new ArrayList<>();
        for (BoundVerdict verdict : verdicts) {
            verdict.evidence().forEach(e -> chance(e.decision()).ifPresent(chances::add));
        }
        double[] adjusted =
                Holm.adjusted(
                        chances.stream().mapToDouble(Double::doubleValue).toArray(),
                        chances.size());
        List<BoundVerdict> corrected = new ArrayList<>();
        int next = 0;
        for (BoundVerdict verdict : verdicts) {
            List<BoundVerdict.Evidence> evidence = new ArrayList<>();
            for (BoundVerdict.Evidence e : verdict.evidence()) {
                evidence.add(
                        chance(e.decision()).isEmpty()
                                ? e
                                : new BoundVerdict.Evidence(
                                        e.benchmark(),
                                        corrected(e.decision(), adjusted[next++], chances.size())));
            }
            corrected.add(verdict.evidence().isEmpty() ? verdict : verdict.with(evidence));
        }
        return corrected;
    }

    /** Probability that a decided claim is decided wrongly. */
    private static Optional<Double> chance(Decision decision) {
        return switch (decision.kind()) {
            case HOLDS, LOOSE, VIOLATED ->
                    decision.certificate()
                            ? Optional.of(0.0)
                            : decision.confidence().map(sure -> Math.clamp(1 - sure, 0, 1));
            case INCONCLUSIVE, NOT_MEASURABLE, NOT_EXERCISED -> Optional.empty();
        };
    }

    private static Decision corrected(Decision decision, double chance, int family) {
        if (decision.certificate()) {
            return decision;
        }
        return decision.kind() == VerdictKind.VIOLATED && chance > LEVEL
                ? decision.corrected(
                                VerdictKind.INCONCLUSIVE,
                                1 - chance,
                                "violated on its own, but not after correction over %d decisions: %s"
                                        .formatted(family, decision.reason()))
                        .asking(new Advice(List.of(), WANTED_BOOTS, 0, "measure more boots"))
                : decision.corrected(decision.kind(), 1 - chance, decision.reason());
    }
}
