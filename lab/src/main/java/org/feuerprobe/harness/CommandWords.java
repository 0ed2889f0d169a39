package org.feuerprobe.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command as one line and as words, as a shell splits it at spaces. Quotes keep spaces; nothing
 * expands.
 */
public final class CommandWords {
    private CommandWords() {}

    /** The words as one line that a shell takes. */
    public static String line(List<String> words) {
        return words.stream().map(CommandWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./=:,@%+-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }

    static List<String> of(String command) throws LabException {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                begun = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw LabException.wrongUse(
                    "--emulator %s: the quote %s is not closed".formatted(command, quote));
        }
        if (begun) {
            words.add(word.toString());
        }
        return List.copyOf(words);
    }
}
