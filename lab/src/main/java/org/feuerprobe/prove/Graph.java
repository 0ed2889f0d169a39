package org.feuerprobe.prove;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * The control flow of one function, less the blocks from which it cannot end.
 *
 * @param problems why the graph may be incomplete; nothing is proved with one
 */
record Graph(List<Block> blocks, List<Problem> problems) {
    /** What is not understood, and where. */
    record Problem(String what, long address) {}

    Graph {
        blocks = List.copyOf(blocks);
        problems = List.copyOf(problems);
    }

    /** How the function may end, as far as is known; NONE: it never does. */
    Block.Exit exit() {
        return blocks.stream().map(Block::exit).reduce(Block.Exit.NONE, Block.Exit::and);
    }

    /** Keeps the blocks on some path from the entry to an exit. */
    static Graph trimmed(List<Block> all, List<Problem> problems) {
        List<List<Integer>> before = predecessors(all);
        BitSet useful = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        for (Block block : all) {
            if (block.exits()) {
                open.add(block.id());
            }
        }
        while (!open.isEmpty()) {
            int id = open.pop();
            if (!useful.get(id)) {
                useful.set(id);
                open.addAll(before.get(id));
            }
        }
        int[] renamed = new int[all.size()];
        Arrays.fill(renamed, -1);
        int count = 0;
        for (Block block : all) {
            if (useful.get(block.id()) && useful.get(0)) {
                renamed[block.id()] = count++;
            }
        }
        List<Block> kept = new ArrayList<>();
        for (Block block : all) {
            if (renamed[block.id()] >= 0) {
                kept.add(
                        new Block(
                                renamed[block.id()],
                                block.instructions(),
                                block.callees(),
                                block.exit(),
                                block.next().stream()
                                        .map(id -> renamed[id])
                                        .filter(id -> id >= 0)
                                        .toList()));
            }
        }
        return new Graph(kept, problems);
    }

    static List<List<Integer>> predecessors(List<Block> blocks) {
        List<List<Integer>> before = new ArrayList<>();
        blocks.forEach(_ -> before.add(new ArrayList<>()));
        for (Block block : blocks) {
            block.next().forEach(next -> before.get(next).add(block.id()));
        }
        return before;
    }

    List<List<Integer>> predecessors() {
        return predecessors(blocks);
    }
}
