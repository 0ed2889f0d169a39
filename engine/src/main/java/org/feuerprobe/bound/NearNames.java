package org.feuerprobe.bound;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finder of the known name that was probably meant. The distance of two names is the number of
 * letters that were omitted, added, replaced, or swapped with a neighbour (optimal string
 * alignment).
 */
public final class NearNames {
    /** Limit on the length. Longer names are rarely typed, and comparing them takes long. */
    private static final int LONGEST = 200;

    /** One letter in this many may differ. */
    private static final int SHARE = 4;

    private NearNames() {}

    /** The nearest known name; empty if none is near. A name is not near itself. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .filter(other -> isNear(name, other))
                .min(
                        Comparator.<String>comparingInt(
                                        other -> distance(folded(name), folded(other)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** The hint {@code ; did you mean X?}, or an empty text if no known name is near. */
    public static String hint(String name, Collection<String> known) {
        return nearest(name, known).map(other -> "; did you mean " + other + "?").orElse("");
    }

    /**
     * Whether at most a quarter of the longer name's letters differ, or one letter. Names that
     * differ only in digits, such as {@code send_64} and {@code send_65}, are not near.
     */
    public static boolean isNear(String name, String other) {
        int longer = Math.max(name.length(), other.length());
        if (name.equals(other) || longer > LONGEST || name.isEmpty() || digitsApart(name, other)) {
            return false;
        }
        return distance(folded(name), folded(other)) <= Math.max(1, longer / SHARE);
    }

    /**
     * Whether one letter differs, two neighbours are swapped, or only the case of letters differs.
     */
    static boolean isOneLetterOff(String name, String other) {
        return isNear(name, other) && distance(folded(name), folded(other)) <= 1;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean digitsApart(String name, String other) {
        return name.replaceAll("[0-9]", "").equals(other.replaceAll("[0-9]", ""));
    }

    /** The distance. Only the last three rows of the alignment table are kept. */
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                row[j] = swapped ? Math.min(row[j], before[j - 2] + 1) : row[j];
            }
            before = last;
            last = row;
        }
        return last[b.length()];
    }
}
