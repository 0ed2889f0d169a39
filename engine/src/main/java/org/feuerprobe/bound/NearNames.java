package org.feuerprobe.bound;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The known name that was probably meant where another was typed, by the number of letters that
 * were left out, added, replaced or swapped with their neighbour (optimal string alignment).
 */
public final class NearNames {
    /** Longer ones are no names that somebody typed, and comparing them takes long. */
    private static final int LONGEST = 200;

    /** Of a name's letters this share may differ. */
    private static final int SHARE = 4;

    private NearNames() {}

    /** The nearest of the known names, where one is near; {@code name} itself is none of them. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .filter(other -> isNear(name, other))
                .min(
                        Comparator.<String>comparingInt(
                                        other -> distance(folded(name), folded(other)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code ; did you mean X?}, or nothing where no known name is near. */
    public static String hint(String name, Collection<String> known) {
        return nearest(name, known).map(other -> "; did you mean " + other + "?").orElse("");
    }

    /**
     * Whether at most a quarter of the longer name's letters differ, one letter at least. Names
     * that differ in digits only are not near: {@code send_64} and {@code send_65} are two things.
     */
    public static boolean isNear(String name, String other) {
        int longer = Math.max(name.length(), other.length());
        if (name.equals(other) || longer > LONGEST || name.isEmpty() || digitsApart(name, other)) {
            return false;
        }
        return distance(folded(name), folded(other)) <= Math.max(1, longer / SHARE);
    }

    /** Whether one letter differs, or two neighbours are swapped, or only the case of letters. */
    static boolean isOneLetterOff(String name, String other) {
        return isNear(name, other) && distance(folded(name), folded(other)) <= 1;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean digitsApart(String name, String other) {
        return name.replaceAll("[0-9]", "").equals(other.replaceAll("[0-9]", ""));
    }

    /** Rows of the alignment table, of which the last three are enough. */
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
