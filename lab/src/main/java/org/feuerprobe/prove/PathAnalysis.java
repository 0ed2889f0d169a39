package org.feuerprobe.prove;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The longest path through a graph as a law: loops from the inside out, each one as a block whose
 * cost is that of all its iterations.
 *
 * <p>An iteration passes at least one note. If an iteration with k notes costs C, a loop with the
 * bound B costs at most B·max(C/k), and what the path to the exit costs less what its notes would.
 */
final class PathAnalysis {
    private static final int EXIT = -1;
    private static final int BACK = -2;

    /** With more notes on a path, some count as fewer. */
    private static final int MOST_NOTES = 16;

    private final Graph graph;
    private final LoopNest nest;
    private final Map<Integer, LoopBounds.Bound> bounds;
    private final List<Law> costs;
    private final List<Graph.Problem> problems = new ArrayList<>();
    private final Map<Integer, Map<Integer, Law>> solved = new HashMap<>();

    /**
     * @param costs of each block, with what it calls
     */
    PathAnalysis(
            Graph graph, LoopNest nest, Map<Integer, LoopBounds.Bound> bounds, List<Law> costs) {
        this.graph = graph;
        this.nest = nest;
        this.bounds = bounds;
        this.costs = costs;
    }

    List<Graph.Problem> problems() {
        return problems;
    }

    /** The law; {@link Law#ZERO} if there are problems. */
    Law law() {
        for (LoopNest.Loop loop : nest.loops()) {
            solve(loop);
            if (!problems.isEmpty()) {
                return Law.ZERO;
            }
        }
        return ends(-1, 0).getOrDefault(EXIT, new TreeMap<>()).values().stream()
                .reduce(Law::max)
                .orElseThrow();
    }

    private void solve(LoopNest.Loop loop) {
        long address = graph.blocks().get(loop.header()).start();
        LoopBounds.Bound bound = bounds.get(loop.index());
        if (bound == null) {
            problems.add(new Graph.Problem("a loop without a bound", address));
            return;
        }
        Map<Integer, SortedMap<Integer, Law>> ends = ends(loop.index(), loop.header());
        SortedMap<Integer, Law> back = ends.remove(BACK);
        if (back == null) {
            throw new IllegalStateException("a loop without a way back");
        }
        if (back.firstKey() == 0) {
            problems.add(
                    new Graph.Problem(
                            "a path through the loop avoids its note, %s"
                                    .formatted(bound.sources()),
                            address));
            return;
        }
        Map<Integer, Law> costs = new HashMap<>();
        ends.forEach((exit, paths) -> costs.put(exit, whole(bound.size(), back, paths)));
        solved.put(loop.index(), costs);
    }

    private static Law whole(
            Polynomial size, SortedMap<Integer, Law> back, SortedMap<Integer, Law> paths) {
        List<Polynomial> all = new ArrayList<>();
        for (Map.Entry<Integer, Law> path : paths.entrySet()) {
            int notes = path.getKey();
            if (size.isConstant() && size.constant().floor() < notes && notes > paths.firstKey()) {
                continue; // more notes than the bound allows
            }
            for (Map.Entry<Integer, Law> iteration : back.entrySet()) {
                Polynomial left = size.minus(Polynomial.of(notes));
                Polynomial times =
                        size.isConstant() && back.size() == 1
                                ? Polynomial.of(
                                        Math.floorDiv(
                                                Math.max(0, left.constant().floor()),
                                                iteration.getKey()))
                                : left.times(new Ratio(1, iteration.getKey()));
                all.addAll(iteration.getValue().times(times).plus(path.getValue()).alternatives());
            }
        }
        return new Law(all);
    }

    /**
     * The longest paths from a block to where they leave the loop, or go back to its header: for
     * each such end, by the number of notes of this loop that they pass.
     */
    private Map<Integer, SortedMap<Integer, Law>> ends(int loop, int start) {
        Map<Integer, SortedMap<Integer, Law>> at = new HashMap<>();
        Map<Integer, SortedMap<Integer, Law>> ends = new HashMap<>();
        at.put(start, new TreeMap<>(Map.of(0, Law.ZERO)));
        for (int block : nest.order().subList(nest.position(start), nest.order().size())) {
            SortedMap<Integer, Law> here = at.remove(block);
            if (here == null) {
                continue;
            }
            int inner = child(block, loop);
            if (inner >= 0) {
                for (Map.Entry<Integer, Law> exit :
                        solved.getOrDefault(inner, Map.of()).entrySet()) {
                    pass(loop, start, at, ends, here, exit.getKey(), exit.getValue(), 0);
                }
                continue;
            }
            LoopBounds.Bound bound = bounds.get(loop);
            int notes = bound == null ? 0 : bound.blocks().getOrDefault(block, 0);
            Law cost = costs.get(block);
            for (int next : graph.blocks().get(block).next()) {
                int more =
                        bound == null
                                ? 0
                                : bound.edges().getOrDefault(LoopBounds.edge(block, next), 0);
                pass(loop, start, at, ends, here, next, cost, notes + more);
            }
            if (graph.blocks().get(block).exits()) {
                pass(loop, start, at, ends, here, EXIT, cost, notes);
            }
        }
        return ends;
    }

    /** The loop directly inside this one whose header the block is, or -1. */
    private int child(int block, int loop) {
        int inner = nest.innermost(block);
        while (inner >= 0 && inner != loop) {
            LoopNest.Loop candidate = nest.loops().get(inner);
            if (candidate.parent() == loop) {
                return inner;
            }
            inner = candidate.parent();
        }
        return -1;
    }

    private void pass(
            int loop,
            int start,
            Map<Integer, SortedMap<Integer, Law>> at,
            Map<Integer, SortedMap<Integer, Law>> ends,
            SortedMap<Integer, Law> here,
            int to,
            Law cost,
            int notes) {
        boolean leaves = to < 0 || (loop >= 0 && !nest.loops().get(loop).blocks().get(to));
        boolean back = loop >= 0 && to == start;
        SortedMap<Integer, Law> target =
                (back || leaves ? ends : at)
                        .computeIfAbsent(back ? BACK : to, _ -> new TreeMap<>());
        here.forEach((passed, law) ->
                target.merge(Math.min(passed + notes, MOST_NOTES), law.plus(cost), Law::max));
    }
}
