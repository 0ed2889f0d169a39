package org.feuerprobe.report;

import org.feuerprobe.verdict.VerdictKind;

/** One symbol per verdict, for readers who do not see colours. */
public final class VerdictSymbol {
    private VerdictSymbol() {}

    public static String of(VerdictKind kind) {
        return switch (kind) {
            case HOLDS -> "✓";
            case LOOSE -> "↓";
            case VIOLATED -> "✗";
            case INCONCLUSIVE -> "?";
            case NOT_MEASURABLE -> "–";
            case NOT_EXERCISED -> "○";
        };
    }

    /**
     * The text in the colour of the verdict that it names, or unchanged if {@code colour} is false.
     */
    static String painted(boolean colour, String text) {
        for (VerdictKind kind : VerdictKind.values()) {
            if (colour && text.contains(kind.name())) {
                return painted(kind, text);
            }
        }
        return text;
    }

    static String painted(VerdictKind kind, String text) {
        int code =
                switch (kind) {
                    case HOLDS -> 32;
                    case LOOSE -> 36;
                    case VIOLATED -> 31;
                    case INCONCLUSIVE -> 33;
                    case NOT_MEASURABLE, NOT_EXERCISED -> 90;
                };
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
