package org.feuerprobe.model;

import java.util.Locale;
import org.feuerprobe.sample.Numbers;

/**
 * A number in a formula: whole numbers whole, others with four digits, and never fewer than the
 * whole part has.
 */
public final class Digits {
    private static final double WHOLE_UP_TO = Numbers.EXACT;
    private static final double WHOLE_FROM = 999.95;

    /** What arithmetic leaves of a whole number. */
    private static final double NOISE = 1e-7;

    private Digits() {}

    /** {@code 15580}, {@code 3.25}, {@code 1.2e-07}; no separators, so that it can be read back. */
    public static String of(double value) {
        double size = Math.abs(value);
        boolean whole = Math.abs(value - Math.rint(value)) <= NOISE * size || size >= WHOLE_FROM;
        return whole && size <= WHOLE_UP_TO
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
