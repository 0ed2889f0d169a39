package org.feuerprobe.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.feuerprobe.probe.HarmlessText;

/**
 * The standard streams. Results go to stdout, everything else to stderr. Java cannot find out
 * whether the streams are terminals. The launcher therefore sets {@code FEUERPROBE_TTY} (letters
 * {@code o} and {@code e}) and {@code FEUERPROBE_COLUMNS}.
 */
public final class Console {
    private static final int USUAL_COLUMNS = 100;

    private final int columns;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean colour;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private Supplier<String> trouble = () -> "cannot be written";
    private volatile boolean interrupted;

    public Console(
            PrintStream out,
            PrintStream err,
            boolean colour,
            boolean outIsTerminal,
            boolean errIsTerminal) {
        this(out, err, colour, outIsTerminal, errIsTerminal, USUAL_COLUMNS);
    }

    public Console(
            PrintStream out,
            PrintStream err,
            boolean colour,
            boolean outIsTerminal,
            boolean errIsTerminal,
            int columns) {
        this.columns = columns;
        this.outIsTerminal = outIsTerminal;
        this.out = out;
        this.err = err;
        this.colour = colour;
        this.errIsTerminal = errIsTerminal;
    }

    /** The process's own streams, in UTF-8. */
    public static Console system() {
        Map<String, String> environment = System.getenv();
        String terminals = environment.getOrDefault("FEUERPROBE_TTY", "");
        boolean plain =
                !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || environment.getOrDefault("TERM", "").equals("dumb");
        WatchedOutput watched = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        Console console =
                new Console(
                        new PrintStream(watched, true, StandardCharsets.UTF_8),
                        new PrintStream(System.err, true, StandardCharsets.UTF_8),
                        terminals.contains("o") && !plain,
                        terminals.contains("o"),
                        terminals.contains("e"),
                        columns(environment.getOrDefault("FEUERPROBE_COLUMNS", "")));
        console.trouble = watched::trouble;
        return console;
    }

    private static int columns(String text) {
        return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : USUAL_COLUMNS;
    }

    /** Prints part of the result. */
    public void result(String text) {
        out.print(text);
        out.flush();
    }

    /** Stdout for bytes that are somebody else's. */
    public PrintStream stream() {
        return out;
    }

    /** Stdout for the command-line library, which prints help and version itself. */
    public PrintWriter writer() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /** Prints a remark on stderr. */
    public void note(String text) {
        if (!interrupted) {
            err.println(
                    "feuerprobe: "
                            + text.lines().map(HarmlessText::of).collect(Collectors.joining("\n")));
        }
    }

    /** Writes text to stderr as it is; used by the progress line. */
    void raw(String text) {
        if (!interrupted) {
            err.print(text);
            err.flush();
        }
    }

    /** Suppresses further output on stderr, because the user interrupted. */
    public void interrupt() {
        interrupted = true;
    }

    public boolean colour() {
        return colour;
    }

    /** Columns of the terminal on stdout: 100 if they are unknown, 0 for a pipe or file. */
    public int columns() {
        return outIsTerminal ? columns : 0;
    }

    public boolean outIsTerminal() {
        return outIsTerminal;
    }

    boolean errIsTerminal() {
        return errIsTerminal;
    }

    /** Whether output was lost because stdout is closed or full. */
    public boolean broken() {
        return out.checkError();
    }

    /** The system's message on why output was lost. */
    public String trouble() {
        return trouble.get();
    }
}
