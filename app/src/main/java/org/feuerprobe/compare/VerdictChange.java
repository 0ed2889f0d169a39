package org.feuerprobe.compare;

import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.verdict.VerdictKind;

/** A bound whose verdict changed. */
public record VerdictChange(StoredVerdict base, StoredVerdict now) {
    public String bound() {
        return now.bound();
    }

    public String claim() {
        return now.claim();
    }

    public VerdictKind before() {
        return base.verdict();
    }

    public VerdictKind after() {
        return now.verdict();
    }

    /** A new violation is worse, and so is a bound that held and is not exercised any more. */
    public Direction direction() {
        if (after() == VerdictKind.VIOLATED) {
            return Direction.WORSE;
        }
        if (before() == VerdictKind.VIOLATED) {
            return kept(after()) ? Direction.BETTER : Direction.MOVED;
        }
        return kept(before()) && after() == VerdictKind.NOT_EXERCISED
                ? Direction.WORSE
                : Direction.MOVED;
    }

    private static boolean kept(VerdictKind kind) {
        return kind == VerdictKind.HOLDS || kind == VerdictKind.LOOSE;
    }
}
