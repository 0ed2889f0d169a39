package org.feuerprobe.profile;

/**
 * A function on a call stack, and the line that executes there or makes the call.
 *
 * @param function its name, also where the compiler expanded it within another one; an address
 *     where no name is known
 * @param file as the compiler was told; empty where it is unknown
 * @param line from 1; 0 where it is unknown
 */
public record Frame(String function, String file, int line) {
    /** A frame that stands for no code. */
    static Frame named(String function) {
        return new Frame(function, "", 0);
    }

    /** File and line, as a compiler prints them; empty where they are unknown. */
    public String place() {
        return file.isEmpty() || line == 0 ? "" : file + ":" + line;
    }
}
