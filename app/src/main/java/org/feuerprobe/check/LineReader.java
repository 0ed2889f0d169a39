package org.feuerprobe.check;

import java.io.IOException;
import java.io.Reader;

/** Reads numbered lines; one that is too long is skipped and marked, never held in memory. */
public final class LineReader {
    /**
     * One line.
     *
     * @param number counted from 1
     * @param tooLong whether the text was dropped because of its length
     * @param end whether there is no line left
     */
    public record Line(long number, String text, boolean tooLong, boolean end) {}

    private final Reader reader;
    private final int longest;
    private long number;

    /** {@code longest} is in characters. */
    public LineReader(Reader reader, int longest) {
        this.reader = reader;
        this.longest = longest;
    }

    /** The next line; its {@code end} says that there was none. */
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
