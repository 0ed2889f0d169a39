package org.feuerprobe.check;

import java.io.IOException;
import org.feuerprobe.verdict.VerdictKind;

/** Printer of the answers of {@code check}, which arrive in the order of the lines. */
public sealed interface CheckOutput extends AutoCloseable permits PlainOutput, FamilyOutput {
    void accept(CheckAnswer answer) throws IOException;

    /** Prints the answers that were held back. */
    void finish() throws IOException;

    /** Whether a line was malformed. */
    boolean malformed();

    /** Whether a verdict of this kind was printed. */
    boolean seen(VerdictKind kind);

    @Override
    void close() throws IOException;
}
