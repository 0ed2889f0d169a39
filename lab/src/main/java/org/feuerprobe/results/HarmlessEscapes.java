package org.feuerprobe.results;

import org.feuerprobe.probe.HarmlessText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * How does JSON carry a stranger's text to a terminal? Whole, but every character that could steer
 * it as an escape.
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
