package org.feuerprobe.report;

import org.feuerprobe.verdict.VerdictKind;

/** One sign a verdict, for where there is no colour or it cannot be seen. */
final class VerdictSymbol {
    private VerdictSymbol() {}

    static String of(VerdictKind kind) {
        return switch (kind) {
            case HOLDS -> "✓";
            case LOOSE -> "↓";
            case VIOLATED -> "✗";
            case INCONCLUSIVE -> "?";
            case NOT_MEASURABLE -> "–";
            case NOT_EXERCISED -> "○";
        };
    }

    /** The verdict in words. */
    static String words(VerdictKind kind) {
        return switch (kind) {
            case HOLDS -> "holds";
            case LOOSE -> "holds, loosely";
            case VIOLATED -> "violated";
            case INCONCLUSIVE -> "open";
            case NOT_MEASURABLE -> "not measurable";
            case NOT_EXERCISED -> "not exercised";
        };
    }
}
