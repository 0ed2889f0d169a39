package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.report.WholeFile;
import org.feuerprobe.terminal.Console;
import org.jspecify.annotations.Nullable;

/** Writer of text to standard output, or to a file that an option names. */
final class Output {
    private Output() {}

    /** Writes to the file of {@code --out}. */
    static void write(Console console, @Nullable Path file, String text) throws LabException {
        write(console, "--out", file, text);
    }

    /** Writes bytes that are no text to the file of this option, which must be given. */
    static void write(Console console, String option, @Nullable Path file, byte[] bytes)
            throws LabException {
        if (file == null || file.toString().equals("-")) {
            throw LabException.wrongUse(
                    "this format is no text for a terminal: name a file with " + option);
        }
        try {
            WholeFile.write(file, bytes);
        } catch (IOException e) {
            throw LabException.wrongUse(option + ": cannot write " + file + ": " + e.getMessage());
        }
        console.note("written: " + Places.shown(file.toAbsolutePath()));
    }

    /** Writes to the file of this option, or to standard output if it is absent or {@code -}. */
    static void write(Console console, String option, @Nullable Path file, String text)
            throws LabException {
        if (file == null || file.toString().equals("-")) {
            console.result(text);
            return;
        }
        write(console, option, file, text.getBytes(StandardCharsets.UTF_8));
    }
}
