package org.feuerprobe.prove;

import java.util.List;

/**
 * Instructions that are only executed one after the other.
 *
 * @param id its number in the graph; the entry is 0
 * @param instructions none for the end of a conditional jump into another function
 * @param callees functions that the last instruction may call or jump to
 * @param exit how the function may end after it
 * @param next numbers of the blocks that may follow
 */
record Block(
        int id, List<Instruction> instructions, List<Long> callees, Exit exit, List<Integer> next) {
    /** How the function may end after a block. */
    enum Exit {
        NONE,
        /** It returns to its caller. */
        RETURN,
        /** It leaves for a less privileged program, and its callers end with it. */
        LEAVE,
        BOTH;

        Exit and(Exit other) {
            if (this == other || other == NONE) {
                return this;
            }
            return this == NONE ? other : BOTH;
        }

        boolean returns() {
            return this == RETURN || this == BOTH;
        }

        boolean leaves() {
            return this == LEAVE || this == BOTH;
        }
    }

    Block {
        instructions = List.copyOf(instructions);
        callees = List.copyOf(callees);
        next = List.copyOf(next);
    }

    boolean exits() {
        return exit != Exit.NONE;
    }

    long start() {
        return instructions.isEmpty() ? callees.getFirst() : instructions.getFirst().address();
    }

    Instruction last() {
        return instructions.getLast();
    }

    /** Whether the address is that of one of its instructions. */
    boolean holds(long address) {
        return instructions.stream().anyMatch(instruction -> instruction.address() == address);
    }
}
