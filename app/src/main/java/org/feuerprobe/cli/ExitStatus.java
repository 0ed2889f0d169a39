package org.feuerprobe.cli;

/** What the process's exit status means. */
final class ExitStatus {
    /** No bound violated. */
    static final int OK = 0;

    /** A bound violated, or a regression. */
    static final int VIOLATED = 1;

    /** Wrong use, or input that cannot be read. */
    static final int USAGE = 2;

    /** Target or testbed failed. */
    static final int TARGET = 3;

    /** With {@code --strict}: something undecided. */
    static final int UNDECIDED = 4;

    private ExitStatus() {}
}
