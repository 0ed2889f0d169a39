package org.feuerprobe.report;

import org.feuerprobe.probe.HarmlessText;

/** A text that is broken into lines. */
public final class Paragraph {
    private Paragraph() {}

    /** Breaks a text into lines. Each begins with the indent and ends with a line end. */
    public static String of(String text, String indent, int columns) {
        StringBuilder lines = new StringBuilder();
        int column = columns;
        for (String word : HarmlessText.of(text).split(" ", -1)) {
            if (column + 1 + word.length() > columns) {
                lines.append(lines.isEmpty() ? "" : "\n").append(indent).append(word);
                column = indent.length() + word.length();
            } else {
                lines.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        return lines.append('\n').toString();
    }

    /**
     * Breaks each line of a text. Lines that begin with a space are indented by four. With 0
     * columns, for a pipe, the text stays as it is.
     */
    public static String ofLines(String text, int columns) {
        if (columns == 0) {
            return text;
        }
        StringBuilder lines = new StringBuilder();
        text.lines()
                .forEach(line ->
                        lines.append(
                                of(line.strip(), line.startsWith(" ") ? "    " : "", columns)));
        return lines.toString();
    }
}
