package org.feuerprobe.prove;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The natural loops of a graph, by dominators (Aho, Sethi, Ullman, section 10.4). A loop that is
 * entered at two places has none: it is a problem.
 */
final class LoopNest {
    /**
     * A loop.
     *
     * @param header the one block through which it is entered
     * @param blocks all of its blocks, those of inner loops too
     * @param latches the blocks from which it goes back to the header
     * @param parent index of the loop around it, -1 for none
     */
    record Loop(int index, int header, BitSet blocks, List<Integer> latches, int parent) {}

    private final Graph graph;
    private final List<Integer> order = new ArrayList<>();
    private final int[] position;
    private final int[] dominator;
    private final List<Loop> loops = new ArrayList<>();
    private final List<Graph.Problem> problems = new ArrayList<>();

    LoopNest(Graph graph) {
        this.graph = graph;
        position = new int[graph.blocks().size()];
        dominator = new int[graph.blocks().size()];
        sort();
        dominate();
        find();
    }

    /** Blocks such that each comes before those that follow it, back edges aside. */
    List<Integer> order() {
        return order;
    }

    int position(int block) {
        return position[block];
    }

    /** Loops, inner ones before those around them. */
    List<Loop> loops() {
        return loops;
    }

    List<Graph.Problem> problems() {
        return problems;
    }

    /** The innermost loop of a block, or -1. */
    int innermost(int block) {
        for (Loop loop : loops) {
            if (loop.blocks().get(block)) {
                return loop.index();
            }
        }
        return -1;
    }

    private void sort() {
        int count = graph.blocks().size();
        int[] child = new int[count];
        BitSet seen = new BitSet();
        Deque<Integer> path = new ArrayDeque<>(List.of(0));
        seen.set(0);
        while (!path.isEmpty()) {
            int block = path.peek();
            List<Integer> next = graph.blocks().get(block).next();
            if (child[block] < next.size()) {
                int to = next.get(child[block]++);
                if (!seen.get(to)) {
                    seen.set(to);
                    path.push(to);
                }
            } else {
                order.addFirst(path.pop());
            }
        }
        for (int i = 0; i < order.size(); i++) {
            position[order.get(i)] = i;
        }
    }

    /** Cooper, Harvey, Kennedy 2001. */
    private void dominate() {
        List<List<Integer>> before = graph.predecessors();
        java.util.Arrays.fill(dominator, -1);
        dominator[0] = 0;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int block : order.subList(1, order.size())) {
                int found = -1;
                for (int from : before.get(block)) {
                    if (dominator[from] >= 0) {
                        found = found < 0 ? from : common(found, from);
                    }
                }
                if (dominator[block] != found) {
                    dominator[block] = found;
                    changed = true;
                }
            }
        }
    }

    private int common(int a, int b) {
        int left = a;
        int right = b;
        while (left != right) {
            while (position[left] > position[right]) {
                left = dominator[left];
            }
            while (position[right] > position[left]) {
                right = dominator[right];
            }
        }
        return left;
    }

    /** Whether every path to {@code block} leads through {@code by}. */
    boolean dominates(int by, int block) {
        int at = block;
        while (position[at] > position[by]) {
            at = dominator[at];
        }
        return at == by;
    }

    private void find() {
        Map<Integer, List<Integer>> latches = new TreeMap<>();
        for (Block block : graph.blocks()) {
            for (int to : block.next()) {
                if (position[to] <= position[block.id()]) {
                    if (dominates(to, block.id())) {
                        latches.computeIfAbsent(to, _ -> new ArrayList<>()).add(block.id());
                    } else {
                        problems.add(
                                new Graph.Problem(
                                        "a loop that is entered at two places (irreducible)",
                                        graph.blocks().get(to).start()));
                    }
                }
            }
        }
        List<Loop> found = new ArrayList<>();
        latches.forEach(
                (header, from) -> found.add(new Loop(0, header, body(header, from), from, -1)));
        found.sort(
                Comparator.<Loop>comparingInt(loop -> loop.blocks().cardinality())
                        .thenComparingInt(loop -> position[loop.header()]));
        for (int i = 0; i < found.size(); i++) {
            Loop loop = found.get(i);
            int parent = -1;
            for (int j = i + 1; j < found.size() && parent < 0; j++) {
                parent = found.get(j).blocks().get(loop.header()) ? j : -1;
            }
            loops.add(new Loop(i, loop.header(), loop.blocks(), loop.latches(), parent));
        }
    }

    private BitSet body(int header, List<Integer> latches) {
        List<List<Integer>> before = graph.predecessors();
        BitSet body = new BitSet();
        body.set(header);
        Deque<Integer> open = new ArrayDeque<>(latches);
        while (!open.isEmpty()) {
            int block = open.pop();
            if (!body.get(block)) {
                body.set(block);
                open.addAll(before.get(block));
            }
        }
        return body;
    }
}
