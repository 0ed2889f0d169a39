package org.feuerprobe.check;

import java.io.IOException;
import java.io.Reader;

/**
 * Reader of numbered lines. A line that is too long is skipped and marked, and never held in
 * memory.
 */
public final class LineReader {
    /**
     * A line of the input.
     *
     * @param number number of the line, from 1
     * @param tooLong whether the text was dropped because of its length
     * @param end whether the input has ended
     */
    public record Line(long number, String text, boolean tooLong, boolean end) {}

    private final Reader reader;
    private final int longest;
    private long number;

    /** Reads lines of at most {@code longest} characters. */
    public LineReader(Reader reader, int longest) {
        this.reader = reader;
        this.longest = longest;
    }

    /** The next line; {@code end} is true if there is none. */
    public Line next() throws IOException {
        StringBuilder text = new StringBuilder();
        boolean tooLong = false;
        int read = reader.read();
        if (read < 0) {
            return new Line(number, "", false, true);
        }
        number++;
        while (read >= 0 && read != '\n') {
            if (text.length() < longest) {
                text.append((char) read);
            } else {
                tooLong = true;
            }
            read = reader.read();
        }
        return new Line(number, tooLong ? "" : text.toString(), tooLong, false);
    }
}
