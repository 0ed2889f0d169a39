package org.feuerprobe.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Fixed-width text of a stranger: NUL-padded UTF-8, control and format characters replaced. */
final class Text {
    private Text() {}

    static String read(ByteBuffer bytes, int at, int size) {
        byte[] raw = new byte[size];
        bytes.get(at, raw);
        int end = 0;
        while (end < size && raw[end] != 0) {
            end++;
        }
        return harmless(new String(raw, 0, end, StandardCharsets.UTF_8));
    }

    /**
     * The text with everything that could steer a terminal or reorder a line replaced by U+FFFD.
     */
    static String harmless(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        switch (Character.getType(c)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR,
                                    Character.SURROGATE,
                                    Character.PRIVATE_USE,
                                    Character.UNASSIGNED ->
                                    0xFFFD;
                            default -> c;
                        })
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
