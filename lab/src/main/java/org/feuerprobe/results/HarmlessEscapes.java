package org.feuerprobe.results;

import org.feuerprobe.probe.HarmlessText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Escapes for JSON that a terminal may show. Every character that could control the terminal is
 * written as an escape, so that no text is lost.
 */
final class HarmlessEscapes extends CharacterEscapes {
    private static final int DELETE = 0x7F;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int unit) {
        String character = Character.toString(unit);
        return HarmlessText.of(character).equals(character)
                ? null
                : new SerializedString("\\u%04x".formatted(unit));
    }
}
