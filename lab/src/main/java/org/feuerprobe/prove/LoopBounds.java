package org.feuerprobe.prove;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which note of the source bounds which loop of the binary, and where the note is passed.
 *
 * <p>The compiler keeps a note's place in the order of things, and may copy it. A note stands
 * between two instructions. Where the second one is the header of a loop, the address alone does
 * not show whether the note belongs to the loop or lies before it. Then the source line of the
 * branches back to the header has to be that of the note: in the source, every iteration passes its
 * note.
 */
final class LoopBounds {
    /**
     * The bound of one loop.
     *
     * @param size iterations of its body for each time that the loop is entered
     * @param sources the notes' places
     * @param blocks how many notes each block passes
     * @param edges the same for an edge, as {@link #edge} numbers it
     */
    record Bound(
            Polynomial size,
            Set<String> sources,
            Map<Integer, Integer> blocks,
            Map<Long, Integer> edges) {}

    private final Program program;
    private final Graph graph;
    private final LoopNest nest;
    private final Map<Integer, Bound> bounds = new TreeMap<>();
    private final List<Graph.Problem> problems = new ArrayList<>();

    /** Where a note is passed. */
    private record Mark(Note note, int block, long edge, boolean doubtful) {}

    LoopBounds(Program program, Graph graph, LoopNest nest) {
        this.program = program;
        this.graph = graph;
        this.nest = nest;
        List<Mark> marks = marks();
        for (LoopNest.Loop loop : nest.loops()) {
            bound(loop, marks);
        }
    }

    Map<Integer, Bound> bounds() {
        return bounds;
    }

    List<Graph.Problem> problems() {
        return problems;
    }

    static long edge(int from, int to) {
        return ((long) from << 32) | to;
    }

    private List<Mark> marks() {
        List<List<Integer>> before = graph.predecessors();
        List<Mark> marks = new ArrayList<>();
        for (Block block : graph.blocks()) {
            for (Instruction instruction : block.instructions()) {
                boolean first = instruction.address() == block.start();
                for (Note note : new LinkedHashSet<>(program.notesAt(instruction.address()))) {
                    marks.add(mark(note, block, first, before.get(block.id())));
                }
            }
        }
        return marks;
    }

    private Mark mark(Note note, Block block, boolean first, List<Integer> before) {
        int fall = -1;
        for (int from : before) {
            List<Instruction> instructions = graph.blocks().get(from).instructions();
            if (!instructions.isEmpty() && instructions.getLast().next() == block.start()) {
                fall = from;
            }
        }
        if (!first || fall < 0 || before.size() == 1) {
            return new Mark(note, block.id(), -1, false);
        }
        for (LoopNest.Loop loop : nest.loops()) {
            boolean outside = !loop.blocks().get(fall);
            if (loop.header() == block.id() && (outside || note.kind() != Note.Kind.ENTER)) {
                return new Mark(note, block.id(), -1, true);
            }
        }
        return new Mark(note, block.id(), edge(fall, block.id()), false);
    }

    private void bound(LoopNest.Loop loop, List<Mark> marks) {
        Map<String, List<Mark>> inside = new LinkedHashMap<>();
        Set<String> entered = new LinkedHashSet<>();
        for (Mark mark : marks) {
            if (!loop.blocks().get(mark.block())) {
                continue;
            }
            boolean own = nest.innermost(mark.block()) == loop.index();
            switch (mark.note().kind()) {
                case ENTER -> {
                    if (!(mark.doubtful() && mark.block() == loop.header())) {
                        entered.add(mark.note().place());
                    }
                }
                case ITERATION, ONLY -> {
                    if (own
                            && !(mark.edge() >= 0
                                    && !loop.blocks().get((int) (mark.edge() >> 32)))) {
                        inside.computeIfAbsent(mark.note().place(), _ -> new ArrayList<>())
                                .add(mark);
                    }
                }
                case CALLS, REPEAT, LET -> {}
            }
        }
        inside.keySet().removeAll(entered);
        inside.entrySet()
                .removeIf(entry -> !believed(loop, entry.getKey(), entry.getValue(), marks));
        if (inside.size() > 1) {
            inside.keySet().removeIf(place -> !sameLine(loop, place));
        }
        if (inside.size() == 1) {
            accept(
                    loop,
                    inside.keySet().iterator().next(),
                    inside.values().iterator().next(),
                    marks);
        } else if (inside.size() > 1) {
            problems.add(
                    new Graph.Problem(
                            "the compiler made one loop of several: "
                                    + String.join(", ", inside.keySet()),
                            graph.blocks().get(loop.header()).start()));
        }
    }

    /** Whether it is sure that these notes are passed in this loop, and are of this loop. */
    private boolean believed(
            LoopNest.Loop loop, String place, List<Mark> inside, List<Mark> marks) {
        boolean doubt = inside.stream().allMatch(Mark::doubtful);
        for (Mark mark : marks) {
            if (mark.note().place().equals(place)) {
                doubt |= mark.note().kind() == Note.Kind.ONLY;
                doubt |=
                        mark.note().kind() == Note.Kind.ENTER
                                && mark.doubtful()
                                && mark.block() == loop.header();
            }
        }
        return !doubt || sameLine(loop, place);
    }

    private boolean sameLine(LoopNest.Loop loop, String place) {
        return loop.latches().stream()
                .map(latch -> graph.blocks().get(latch).last())
                .allMatch(last -> samePlace(last.place(), place));
    }

    private static boolean samePlace(String compiled, String noted) {
        return compiled.equals(noted)
                || Program.shortened(compiled).equals(Program.shortened(noted));
    }

    private void accept(LoopNest.Loop loop, String place, List<Mark> inside, List<Mark> marks) {
        String text =
                marks.stream()
                        .map(Mark::note)
                        .filter(note ->
                                note.place().equals(place) && note.kind() != Note.Kind.ITERATION)
                        .map(Note::text)
                        .findFirst()
                        .orElse("");
        if (text.isEmpty()) {
            problems.add(
                    new Graph.Problem(
                            "the compiler moved the beginning of the loop of %s into another function"
                                    .formatted(place),
                            graph.blocks().get(loop.header()).start()));
            return;
        }
        try {
            Map<Integer, Integer> blocks = new TreeMap<>();
            Map<Long, Integer> edges = new TreeMap<>();
            boolean sure = inside.stream().anyMatch(mark -> !mark.doubtful());
            for (Mark mark : inside) {
                if (sure && mark.doubtful()) {
                    continue; // perhaps that of an iteration before the loop
                }
                if (mark.edge() >= 0) {
                    edges.merge(mark.edge(), 1, Integer::sum);
                } else {
                    blocks.merge(mark.block(), 1, Integer::sum);
                }
            }
            bounds.put(
                    loop.index(), new Bound(SizeReader.read(text), Set.of(place), blocks, edges));
        } catch (SizeReader.BadBoundException e) {
            problems.add(
                    new Graph.Problem(
                            "FB_LOOP at %s: %s".formatted(place, e.getMessage()),
                            graph.blocks().get(loop.header()).start()));
        }
    }
}
