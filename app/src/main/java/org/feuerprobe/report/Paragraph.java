package org.feuerprobe.report;

import org.feuerprobe.probe.HarmlessText;

/** A sentence in lines that fit. */
public final class Paragraph {
    private Paragraph() {}

    /** Its lines, each after the indent, with a line end. */
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
     * Each line of a text so, those that begin with a space indented by four; the text as it is for
     * 0 columns, a pipe.
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
