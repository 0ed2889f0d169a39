package org.feuerprobe.verdict;

/**
 * Order of decisions, by which the worst of several points decides: first the most certain
 * violation, then the least certain decision.
 */
final class Worst {
    private Worst() {}

    /**
     * Whether {@code a} is worse. Kinds are compared first, then confidence, then the statistic, of
     * which the larger is worse.
     */
    static boolean worse(Decision a, Decision b) {
        int difference = rank(a.kind()) - rank(b.kind());
        if (difference != 0) {
            return difference > 0;
        }
        int surer = Double.compare(a.confidence().orElse(0.0), b.confidence().orElse(0.0));
        if (surer != 0) {
            return a.kind() == VerdictKind.VIOLATED ? surer > 0 : surer < 0;
        }
        return statistic(a) > statistic(b);
    }

    private static double statistic(Decision decision) {
        return decision.tail()
                .map(tail -> tail.estimate().value())
                .orElse(Double.NEGATIVE_INFINITY);
    }

    private static int rank(VerdictKind kind) {
        return switch (kind) {
            case VIOLATED -> 3;
            case INCONCLUSIVE -> 2;
            case HOLDS -> 1;
            case LOOSE, NOT_MEASURABLE, NOT_EXERCISED -> 0;
        };
    }
}
