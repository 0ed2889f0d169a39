package org.feuerprobe.linux;

import java.util.List;

/**
 * A program that has ended on the LibOS.
 *
 * @param signalled whether a signal ended it
 * @param number its exit status, or the signal
 * @param instructions all from its start to its end: its own, the LibOS's, the server's, the
 *     kernel's
 * @param calls its system calls, by number
 */
public record EndedProgram(
        boolean signalled, int number, long instructions, List<CountedCall> calls) {
    /** A shell reports a signal as 128 and its number. */
    private static final int BY_SIGNAL = 128;

    public EndedProgram {
        calls = List.copyOf(calls);
    }

    /**
     * Calls of one kind.
     *
     * @param number Linux's number of the call
     * @param count how often the program and its children made it
     * @param instructions of all of them, from the entry of the LibOS to its end; what others did
     *     while a call waited is included
     */
    public record CountedCall(int number, long count, long instructions) {}

    /** The status that a shell would report. */
    public int status() {
        return signalled ? BY_SIGNAL + number : number;
    }
}
