package org.feuerprobe.report;

import java.util.Locale;

/**
 * Numbers as people read them: counts with thin groups, others with four digits.
 * Locale-independent.
 */
final class Figures {
    private Figures() {}

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
