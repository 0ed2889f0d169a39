package org.feuerprobe.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.feuerprobe.probe.HarmlessText;

/**
 * Where does output go? Results to stdout, everything else to stderr; whether each is a terminal
 * the launcher says in {@code FEUERPROBE_TTY} (letters {@code o} and {@code e}), because Java
 * cannot tell them apart.
 */
final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean colour;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private volatile boolean interrupted;

    Console(
            PrintStream out,
            PrintStream err,
            boolean colour,
            boolean outIsTerminal,
            boolean errIsTerminal) {
        this.outIsTerminal = outIsTerminal;
        this.out = out;
        this.err = err;
        this.colour = colour;
        this.errIsTerminal = errIsTerminal;
    }

    /** The process's own streams, in UTF-8. */
    static Console system() {
        Map<String, String> environment = System.getenv();
        String terminals = environment.getOrDefault("FEUERPROBE_TTY", "");
        boolean plain =
                !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || environment.getOrDefault("TERM", "").equals("dumb");
        return new Console(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                terminals.contains("o") && !plain,
                terminals.contains("o"),
                terminals.contains("e"));
    }

    /** Prints part of the result. */
    void result(String text) {
        out.print(text);
        out.flush();
    }

    /** Stdout for what the command-line library prints itself: help and version. */
    PrintWriter writer() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /** Tells the user something on the side. */
    void note(String text) {
        if (!interrupted) {
            err.println(
                    "feuerprobe: "
                            + text.lines().map(HarmlessText::of).collect(Collectors.joining("\n")));
        }
    }

    /** Writes to stderr as it is; for the progress line. */
    void raw(String text) {
        if (!interrupted) {
            err.print(text);
            err.flush();
        }
    }

    /** From now on only silence: the user has interrupted. */
    void interrupt() {
        interrupted = true;
    }

    boolean colour() {
        return colour;
    }

    boolean outIsTerminal() {
        return outIsTerminal;
    }

    boolean errIsTerminal() {
        return errIsTerminal;
    }

    /** Whether a reader of stdout has gone away. */
    boolean broken() {
        return out.checkError();
    }
}
