package org.feuerprobe.prove;

import java.util.List;

/**
 * Instructions that are only executed one after the other.
 *
 * @param id its number in the graph; the entry is 0
 * @param instructions none for the end of a conditional jump into another function
 * @param callees functions that the last instruction may call or jump to
 * @param exits whether the function may end after it
 * @param next numbers of the blocks that may follow
 */
record Block(
        int id,
        List<Instruction> instructions,
        List<Long> callees,
        boolean exits,
        List<Integer> next) {
    Block {
        instructions = List.copyOf(instructions);
        callees = List.copyOf(callees);
        next = List.copyOf(next);
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
