package org.feuerprobe.prove;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * A block of a worst path.
 *
 * @param times how often it is executed
 * @param cost instructions each time, with what it calls
 * @param lines source lines that it comes from, in order
 * @param calls functions that it may call
 */
public record PathStep(long times, long cost, List<String> lines, List<String> calls) {
    /** Copies the lists. */
    public PathStep {
        lines = List.copyOf(lines);
        calls = List.copyOf(calls);
    }

    static List<String> lines(Block block) {
        SequencedSet<String> lines = new LinkedHashSet<>();
        for (Instruction instruction : block.instructions()) {
            if (!instruction.place().isEmpty()) {
                lines.add(Program.shortened(instruction.place()));
            }
        }
        return List.copyOf(lines);
    }
}
