package org.feuerprobe.timeline;

import java.util.Optional;
import org.feuerprobe.sample.EnumWords;

/** The formats in which a trace leaves this program. */
public enum TraceFormat {
    /** A line for each event. */
    TEXT(".txt"),
    /** JSON for chrome://tracing, Perfetto, speedscope and others. */
    CHROME(".trace.json"),
    /** Protocol buffer for ui.perfetto.dev. */
    PERFETTO(".pftrace"),
    /** A folder for babeltrace2 and Trace Compass. */
    CTF(".ctf");

    private final String ending;

    TraceFormat(String ending) {
        this.ending = ending;
    }

    /** How the names of its files or folders end. */
    public String ending() {
        return ending;
    }

    /** Whether it is text that a terminal can show. */
    public boolean isText() {
        return this == TEXT || this == CHROME;
    }

    /** Its name on the command line. */
    public String word() {
        return EnumWords.of(this);
    }

    /** The format of this name. */
    public static Optional<TraceFormat> of(String word) {
        return EnumWords.find(TraceFormat.class, word);
    }

    /** All names, for a message. */
    public static String words() {
        return EnumWords.list(TraceFormat.class);
    }
}
