package org.feuerprobe.compare;

import org.feuerprobe.verdict.VerdictKind;

/** A bound that is decided differently. */
public record VerdictChange(
        String bound, String claim, VerdictKind base, VerdictKind now, String reason) {
    /** A violation is worse; a promise that was kept and cannot be asked any more is, too. */
    public Direction direction() {
        if (now == VerdictKind.VIOLATED) {
            return Direction.WORSE;
        }
        if (base == VerdictKind.VIOLATED) {
            return kept(now) ? Direction.BETTER : Direction.MOVED;
        }
        return kept(base) && now == VerdictKind.NOT_EXERCISED ? Direction.WORSE : Direction.MOVED;
    }

    private static boolean kept(VerdictKind kind) {
        return kind == VerdictKind.HOLDS || kind == VerdictKind.LOOSE;
    }
}
