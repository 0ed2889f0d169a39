package org.feuerprobe.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Makes a stranger's text safe to print: U+FFFD replaces every character that could control a
 * terminal or reorder a line. A page must still escape the result.
 */
public final class HarmlessText {
    static final int REPLACEMENT = 0xFFFD;

    private HarmlessText() {}

    /** The text as one harmless line. */
    public static String of(String text) {
        return text.codePoints()
                .map(c -> isHarmless(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The text as one harmless line of at most {@code longest} characters. */
    public static String of(String text, int longest) {
        String line = of(text);
        if (line.length() <= longest) {
            return line;
        }
        int end = longest - 1;
        if (end > 0 && Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end) + "…";
    }

    /** Reads a field of fixed width: UTF-8, padded with NUL. */
    static String read(ByteBuffer bytes, int at, int size) {
        byte[] raw = new byte[size];
        bytes.get(at, raw);
        int end = 0;
        while (end < size && raw[end] != 0) {
            end++;
        }
        return of(new String(raw, 0, end, StandardCharsets.UTF_8));
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
