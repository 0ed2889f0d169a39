package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.report.WholeFile;
import org.jspecify.annotations.Nullable;

/** Text that goes to standard output, or to a file that an option names. */
final class Output {
    private Output() {}

    /** To the file of {@code --out}. */
    static void write(Console console, @Nullable Path file, String text) throws LabException {
        write(console, "--out", file, text);
    }

    /** To the file of this option; to standard output where it is not given, or {@code -}. */
    static void write(Console console, String option, @Nullable Path file, String text)
            throws LabException {
        if (file == null || file.toString().equals("-")) {
            console.result(text);
            return;
        }
        try {
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw LabException.wrongUse(option + ": cannot write " + file + ": " + e.getMessage());
        }
        console.note("written: " + Places.shown(file.toAbsolutePath()));
    }
}
