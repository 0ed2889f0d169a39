package org.feuerprobe.verdict;

/** Which decision speaks for all points: a violation, the surest; else what is least decided. */
final class Worst {
    private Worst() {}

    static boolean worse(Decision a, Decision b) {
        int difference = rank(a.kind()) - rank(b.kind());
        double surer = a.confidence().orElse(0.0) - b.confidence().orElse(0.0);
        return difference > 0
                || (difference == 0 && (a.kind() == VerdictKind.VIOLATED ? surer > 0 : surer < 0));
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
