package org.feuerprobe.results;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.feuerprobe.sample.Numbers;

/**
 * Numbers as people read them: counts, and what is as large as a thousand, in groups; others with
 * four digits. Locale-independent.
 */
public final class Figures {
    private static final double GROUPED = 999.95;
    private static final double MOST_DIGITS = Numbers.EXACT;

    private Figures() {}

    public static String number(double value) {
        double size = Math.abs(value);
        return size <= MOST_DIGITS && (value == Math.rint(value) || size >= GROUPED)
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : trimmed(String.format(Locale.ROOT, "%.4g", value));
    }

    public static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Without the zeros that say nothing. */
    private static String trimmed(String text) {
        int end = text.indexOf('e') < 0 ? text.length() : text.indexOf('e');
        int keep = end;
        if (text.lastIndexOf('.', end - 1) >= 0) {
            while (text.charAt(keep - 1) == '0') {
                keep--;
            }
            keep = text.charAt(keep - 1) == '.' ? keep - 1 : keep;
        }
        return text.substring(0, keep) + text.substring(end);
    }

    /** From where to where; an end that is not known is open. */
    public static String interval(double low, double high) {
        boolean from = Double.isFinite(low);
        boolean to = Double.isFinite(high);
        return from && to
                ? number(low) + " to " + number(high)
                : from ? number(low) + " or more" : to ? number(high) + " or less" : "unknown";
    }

    /** {@code K=2 N=16}, the parameters in the order of their names. */
    public static String point(Map<String, Double> at) {
        return Numbers.point(new TreeMap<>(at));
    }
}
