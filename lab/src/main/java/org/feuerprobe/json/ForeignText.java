package org.feuerprobe.json;

import org.feuerprobe.probe.HarmlessText;

/** Texts of strangers, made harmless and readable before anything shows them. */
public final class ForeignText {
    private static final int LONGEST = 200;
    private static final int LONGEST_PROSE = 2_000;

    private ForeignText() {}

    /**
     * A name: one harmless line of at most {@value #LONGEST} characters. A longer one keeps its
     * ends, and a fingerprint keeps two of them apart.
     */
    public static String of(String text) {
        return text.length() <= LONGEST
                ? HarmlessText.of(text)
                : middle(HarmlessText.of(text), LONGEST - 10)
                        + " #"
                        + Integer.toHexString(text.hashCode());
    }

    /** A sentence. */
    public static String prose(String text) {
        return HarmlessText.of(
                text.length() <= LONGEST_PROSE ? text : text.substring(0, LONGEST_PROSE),
                LONGEST_PROSE);
    }

    /** At most {@code longest} characters, the middle left out. */
    public static String middle(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int tail = (longest - 1) / 2;
        return text.substring(0, longest - 1 - tail) + "…" + text.substring(text.length() - tail);
    }
}
