package org.feuerprobe.cli;

import java.io.IOException;
import org.feuerprobe.verdict.VerdictKind;

/** Takes the answers of {@code check} in the order of its lines. */
sealed interface CheckOutput extends AutoCloseable permits PlainOutput, FamilyOutput {
    void accept(CheckAnswer answer) throws IOException;

    /** Prints what is left. */
    void finish() throws IOException;

    /** Whether a line was malformed. */
    boolean malformed();

    /** Whether a verdict of this kind was printed. */
    boolean seen(VerdictKind kind);

    @Override
    void close() throws IOException;
}
