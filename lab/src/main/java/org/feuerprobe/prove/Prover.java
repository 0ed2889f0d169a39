package org.feuerprobe.prove;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.feuerprobe.harness.LabException;

/** Proves the worst cases of functions of one file; what was found once is kept. */
public final class Prover {
    private static final int MOST_REASONS = 5;

    /** Parameters have these values when the law is held against the integer program. */
    private static final List<Long> TRIED = List.of(0L, 1L, 7L, 100L);

    private final Program program;
    private final Repeats repeats;
    private final Map<Long, Block.Exit> ends = new HashMap<>();
    private final Map<Long, Analysed> known = new HashMap<>();
    private final Set<Long> open = new LinkedHashSet<>();

    /** A function with all that its proof rests on. */
    private record Analysed(
            Proof proof,
            Graph graph,
            LoopNest nest,
            Map<Integer, LoopBounds.Bound> bounds,
            List<Law> costs) {}

    private Prover(Program program) {
        this.program = program;
        this.repeats = new Repeats(program);
    }

    /** Reads a linked file. */
    public static Prover of(Path file) throws LabException, InterruptedException {
        return new Prover(Program.read(file));
    }

    /** The names of all functions. */
    public SequencedSet<String> functions() {
        return program.names();
    }

    /** The worst case of a function. */
    public Proof prove(String function) throws LabException {
        return analysed(program.function(function)).proof();
    }

    /**
     * The worst path of a function at a point, block after block.
     *
     * @return empty if the function is not proved
     */
    public List<PathStep> path(String function, Map<String, Long> point) throws LabException {
        Analysed analysed = analysed(program.function(function));
        if (analysed.proof().law().isEmpty()) {
            return List.of();
        }
        Optional<PathProgram.Worst> worst = worst(analysed, point);
        List<PathStep> steps = new ArrayList<>();
        for (int id : analysed.nest().order()) {
            long times =
                    worst.filter(found -> !found.executions().isEmpty())
                            .map(found -> found.executions().get(id))
                            .orElse(0L);
            if (times > 0) {
                Block block = analysed.graph().blocks().get(id);
                steps.add(
                        new PathStep(
                                times,
                                analysed.costs().get(id).at(point),
                                PathStep.lines(block),
                                block.callees().stream().map(program::name).toList()));
            }
        }
        return steps;
    }

    private static Optional<PathProgram.Worst> worst(Analysed analysed, Map<String, Long> point) {
        return new PathProgram(analysed.graph(), analysed.nest(), analysed.bounds())
                .solve(analysed.costs().stream().map(cost -> cost.at(point)).toList(), point);
    }

    /** How a function ends; one that is being looked at may return. */
    private Block.Exit ends(long function) {
        Block.Exit found = ends.get(function);
        if (found != null) {
            return found;
        }
        ends.put(function, Block.Exit.RETURN);
        if (program.at(function).isEmpty()) {
            return Block.Exit.RETURN; // its analysis reports that there is no code
        }
        Block.Exit exit = ControlFlow.of(program, function, this::ends).exit();
        ends.put(function, exit);
        return exit;
    }

    private Analysed analysed(long function) {
        Analysed found = known.get(function);
        if (found == null) {
            open.add(function);
            found = analyse(function);
            open.remove(function);
            known.put(function, found);
        }
        return found;
    }

    private Analysed analyse(long function) {
        ends(function);
        Graph graph = ControlFlow.of(program, function, this::ends);
        SequencedSet<String> why = new LinkedHashSet<>();
        graph.problems().forEach(problem -> why.add(text(problem)));
        if (graph.blocks().isEmpty()) {
            why.add("%s: it never ends".formatted(program.place(function)));
            return new Analysed(
                    proof(function, Optional.empty(), why, List.of(), graph),
                    graph,
                    new LoopNest(
                            new Graph(
                                    List.of(
                                            new Block(
                                                    0,
                                                    List.of(),
                                                    List.of(function),
                                                    Block.Exit.RETURN,
                                                    List.of())),
                                    List.of())),
                    Map.of(),
                    List.of());
        }
        LoopNest nest = new LoopNest(graph);
        LoopBounds bounds = new LoopBounds(program, graph, nest);
        nest.problems().forEach(problem -> why.add(text(problem)));
        bounds.problems().forEach(problem -> why.add(text(problem)));
        List<Law> costs = costs(graph, why);
        Optional<Law> law = Optional.empty();
        if (nest.problems().isEmpty()) {
            for (LoopNest.Loop loop : nest.loops()) {
                if (!bounds.bounds().containsKey(loop.index())) {
                    why.add(
                            text(
                                    new Graph.Problem(
                                            "a loop without a bound",
                                            graph.blocks().get(loop.header()).start())));
                }
            }
        }
        try {
            if (why.isEmpty()) {
                law = law(graph, nest, bounds.bounds(), costs, why);
            }
        } catch (ArithmeticException e) {
            why.add("%s: its law has numbers beyond 64 bits".formatted(program.place(function)));
        }
        return new Analysed(
                proof(function, law, why, facts(graph, nest, bounds.bounds()), graph),
                graph,
                nest,
                bounds.bounds(),
                costs);
    }

    private Proof proof(
            long function,
            Optional<Law> law,
            SequencedSet<String> why,
            List<Proof.LoopFact> loops,
            Graph graph) {
        SequencedSet<String> calls = new LinkedHashSet<>();
        graph.blocks()
                .forEach(block -> block.callees().forEach(to -> calls.add(program.named(to))));
        List<String> reasons = new ArrayList<>(why);
        if (reasons.size() > MOST_REASONS) {
            int left = reasons.size() - MOST_REASONS;
            reasons = new ArrayList<>(reasons.subList(0, MOST_REASONS));
            reasons.add("and %d more".formatted(left));
        }
        return new Proof(program.named(function), law, reasons, loops, List.copyOf(calls));
    }

    private Optional<Law> law(
            Graph graph,
            LoopNest nest,
            Map<Integer, LoopBounds.Bound> bounds,
            List<Law> costs,
            SequencedSet<String> why) {
        PathAnalysis paths = new PathAnalysis(graph, nest, bounds, costs);
        Law law = paths.law();
        paths.problems().forEach(problem -> why.add(text(problem)));
        if (!why.isEmpty()) {
            return Optional.empty();
        }
        Law checked = law;
        PathProgram program = new PathProgram(graph, nest, bounds);
        Set<String> parameters = new LinkedHashSet<>(law.parameters());
        bounds.values().forEach(bound -> bound.size().collect(parameters));
        costs.forEach(cost -> parameters.addAll(cost.parameters()));
        for (long value : parameters.isEmpty() ? List.of(0L) : TRIED) {
            Map<String, Long> point = new HashMap<>();
            parameters.forEach(name -> point.put(name, value));
            Optional<PathProgram.Worst> worst =
                    program.solve(costs.stream().map(cost -> cost.at(point)).toList(), point);
            if (worst.isEmpty() || worst.get().cost() > checked.at(point)) {
                why.add(
                        "the law %s and the integer program (%s) disagree at %s: please report it"
                                .formatted(
                                        checked,
                                        worst.map(found -> Long.toString(found.cost()))
                                                .orElse("no solution"),
                                        point));
                return Optional.empty();
            }
        }
        return Optional.of(let(graph, checked, why)).filter(_ -> why.isEmpty());
    }

    /** The law with the values that the function's own notes give to parameters. */
    private Law let(Graph graph, Law law, SequencedSet<String> why) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Block block : graph.blocks()) {
            for (Instruction instruction : block.instructions()) {
                for (Note note : program.notesAt(instruction.address())) {
                    if (note.kind() == Note.Kind.LET) {
                        String[] both = note.text().split("=", 2);
                        String before = values.put(both[0].strip(), both[1].strip());
                        if (before != null && !before.equals(both[1].strip())) {
                            why.add(
                                    "%s has two values: FB_LET at %s"
                                            .formatted(both[0], note.place()));
                        }
                    }
                }
            }
        }
        Law result = law;
        for (Map.Entry<String, String> value : values.entrySet()) {
            try {
                result = result.with(value.getKey(), SizeReader.read(value.getValue()));
            } catch (SizeReader.BadBoundException e) {
                why.add("FB_LET: " + e.getMessage());
            }
        }
        return result;
    }

    private List<Law> costs(Graph graph, SequencedSet<String> why) {
        List<Law> costs = new ArrayList<>();
        for (Block block : graph.blocks()) {
            Law cost = Law.of(block.instructions().size());
            try {
                Optional<Polynomial> beyond = repeats.beyond(block);
                if (beyond.isPresent()) {
                    cost = cost.plus(Law.of(beyond.get()));
                } else {
                    why.add(
                            text(
                                    new Graph.Problem(
                                            "a repeated string instruction without a bound",
                                            block.start())));
                }
            } catch (SizeReader.BadBoundException e) {
                why.add(text(new Graph.Problem("FB_REPEAT: " + e.getMessage(), block.start())));
            }
            costs.add(cost.plus(called(block, why)));
        }
        return costs;
    }

    /** The largest of the laws of the functions that a block may call. */
    private Law called(Block block, SequencedSet<String> why) {
        Law most = Law.ZERO;
        for (long callee : block.callees()) {
            if (ends(callee) == Block.Exit.NONE) {
                continue; // a path that ends there is none of this function
            }
            if (open.contains(callee)) {
                why.add(
                        text(
                                new Graph.Problem(
                                        "recursion: it calls %s again"
                                                .formatted(program.name(callee)),
                                        block.instructions().isEmpty()
                                                ? block.start()
                                                : block.last().address())));
                continue;
            }
            Proof proof = analysed(callee).proof();
            if (proof.law().isPresent()) {
                most = most.max(proof.law().get());
            } else {
                why.addAll(proof.why());
            }
        }
        return most;
    }

    private List<Proof.LoopFact> facts(
            Graph graph, LoopNest nest, Map<Integer, LoopBounds.Bound> bounds) {
        List<Proof.LoopFact> facts = new ArrayList<>();
        for (LoopNest.Loop loop : nest.loops()) {
            LoopBounds.Bound bound = bounds.get(loop.index());
            Block header = graph.blocks().get(loop.header());
            String place = graph.blocks().get(loop.latches().getFirst()).last().place();
            facts.add(
                    new Proof.LoopFact(
                            bound == null
                                    ? Program.shortened(place)
                                    : String.join(", ", bound.sources()),
                            "0x" + Long.toHexString(header.start()),
                            bound == null ? "" : bound.size().toString()));
        }
        return facts;
    }

    private String text(Graph.Problem problem) {
        return "%s: %s".formatted(program.place(problem.address()), problem.what());
    }
}
