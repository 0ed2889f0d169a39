package org.feuerprobe.prove;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.feuerprobe.harness.LabException;

/**
 * Follows every jump from a function's first instruction. So parts that the compiler put elsewhere
 * belong to it, and code that two functions share belongs to both. A jump to the beginning of
 * another function is a call in the last place.
 */
final class ControlFlow {
    /** What one instruction does. */
    private record Step(List<Long> next, List<Long> callees, Block.Exit exit, List<Long> tails) {
        private static Step to(List<Long> next) {
            return new Step(next, List.of(), Block.Exit.NONE, List.of());
        }
    }

    private static final Pattern NAMES = Pattern.compile("[\\s,]+");

    private final Program program;
    private final long entry;
    private final LongFunction<Block.Exit> ends;
    private final Map<Long, List<Long>> tables = new HashMap<>();
    private final Map<Long, Step> steps = new LinkedHashMap<>();
    private final Map<Long, List<Instruction>> before = new HashMap<>();
    private final List<Graph.Problem> problems = new ArrayList<>();

    private ControlFlow(Program program, long entry, LongFunction<Block.Exit> ends) {
        this.program = program;
        this.entry = entry;
        this.ends = ends;
    }

    /**
     * The graph of a function.
     *
     * @param ends how a function ends
     */
    static Graph of(Program program, long entry, LongFunction<Block.Exit> ends) {
        ControlFlow flow = new ControlFlow(program, entry, ends);
        Set<Long> unknown = new HashSet<>();
        while (true) {
            flow.follow();
            Map<Long, List<Long>> resolved = flow.resolve();
            // Code behind one table may lead into the check of another, which then proves nothing.
            flow.tables.forEach((jump, targets) -> {
                if (!targets.equals(resolved.get(jump))) {
                    unknown.add(jump);
                }
            });
            resolved.keySet().removeAll(unknown);
            if (resolved.equals(flow.tables)) {
                return Graph.trimmed(flow.blocks(), flow.problems);
            }
            flow.tables.clear();
            flow.tables.putAll(resolved);
        }
    }

    private Map<Long, List<Long>> resolve() {
        JumpTable reader =
                new JumpTable(program, entry, address -> before.getOrDefault(address, List.of()));
        Map<Long, List<Long>> resolved = new HashMap<>();
        for (long address : steps.keySet()) {
            Instruction instruction = program.at(address).orElseThrow();
            if (instruction.indirect()) {
                reader.targets(instruction).ifPresent(targets -> resolved.put(address, targets));
            }
        }
        return resolved;
    }

    private void follow() {
        steps.clear();
        before.clear();
        problems.clear();
        Deque<Long> open = new ArrayDeque<>(List.of(entry));
        while (!open.isEmpty()) {
            long address = open.pop();
            if (steps.containsKey(address)) {
                continue;
            }
            Optional<Instruction> found = program.at(address);
            if (found.isEmpty()) {
                problems.add(new Graph.Problem("control leaves the code", address));
                steps.put(address, Step.to(List.of()));
                continue;
            }
            Instruction instruction = found.get();
            Step step = step(instruction);
            steps.put(address, step);
            for (long next : step.next()) {
                before.computeIfAbsent(next, _ -> new ArrayList<>()).add(instruction);
                open.add(next);
            }
        }
        steps.keySet().removeIf(address -> program.at(address).isEmpty());
    }

    private Step step(Instruction instruction) {
        return switch (instruction.flow()) {
            case NEXT -> Step.to(following(instruction));
            case RETURN ->
                    new Step(
                            List.of(),
                            List.of(),
                            instruction.unprivileges() ? Block.Exit.LEAVE : Block.Exit.RETURN,
                            List.of());
            case STOP -> Step.to(List.of());
            case LEAVE ->
                    problem(
                            instruction,
                            "enters another program (%s)".formatted(instruction.mnemonic()));
            case BAD -> problem(instruction, "no instruction can be read here");
            case CALL -> call(instruction);
            case JUMP -> jump(instruction, List.of());
            case BRANCH -> jump(instruction, following(instruction));
        };
    }

    private static List<Long> following(Instruction instruction) {
        return List.of(instruction.next());
    }

    /** Reports it, and lets the path end there, so that it is not trimmed away. */
    private Step problem(Instruction instruction, String what) {
        problems.add(new Graph.Problem(what, instruction.address()));
        return new Step(List.of(), List.of(), Block.Exit.RETURN, List.of());
    }

    private Step call(Instruction instruction) {
        Optional<List<Long>> callees = targets(instruction);
        if (callees.isEmpty()) {
            return problem(
                    instruction,
                    "an indirect call whose targets are not known (%s)"
                            .formatted(instruction.operands()));
        }
        if (callees.get().contains(instruction.next())) {
            return problem(instruction, "calls the next instruction to read its address");
        }
        Block.Exit ended = Block.Exit.NONE;
        for (long callee : callees.get()) {
            ended = ended.and(ends.apply(callee));
        }
        return new Step(
                ended.returns() ? following(instruction) : List.of(),
                callees.get(),
                ended.leaves() ? Block.Exit.LEAVE : Block.Exit.NONE,
                List.of());
    }

    private Step jump(Instruction instruction, List<Long> otherwise) {
        Optional<List<Long>> targets = targets(instruction);
        if (targets.isEmpty()) {
            return problem(
                    instruction,
                    "an indirect jump whose targets are not known (%s)"
                            .formatted(instruction.operands()));
        }
        List<Long> next = new ArrayList<>(otherwise);
        List<Long> tails = new ArrayList<>();
        for (long target : targets.get()) {
            if (target != entry && program.isFunction(target)) {
                tails.add(target);
            } else if (!next.contains(target)) {
                next.add(target);
            }
        }
        return new Step(next, List.of(), Block.Exit.NONE, tails);
    }

    private Optional<List<Long>> targets(Instruction instruction) {
        OptionalLong direct = instruction.target();
        if (direct.isPresent()) {
            return Optional.of(List.of(direct.getAsLong()));
        }
        List<Long> table = tables.get(instruction.address());
        return table != null ? Optional.of(table) : noted(instruction);
    }

    /** The functions that a note before an indirect call names. */
    private Optional<List<Long>> noted(Instruction call) {
        Instruction at = call;
        for (int step = 0; step < 32; step++) {
            for (Note note : program.notesAt(at.address())) {
                if (note.kind() == Note.Kind.CALLS) {
                    return named(note);
                }
            }
            List<Instruction> from = before.getOrDefault(at.address(), List.of());
            if (at.address() == entry
                    || from.size() != 1
                    || from.getFirst().flow() != Instruction.Flow.NEXT) {
                return Optional.empty();
            }
            at = from.getFirst();
        }
        return Optional.empty();
    }

    private Optional<List<Long>> named(Note note) {
        List<Long> functions = new ArrayList<>();
        for (String name : NAMES.split(note.text(), -1)) {
            try {
                functions.add(program.function(name));
            } catch (LabException e) {
                problems.add(
                        new Graph.Problem(
                                "FB_CALLS at %s: %s".formatted(note.place(), e.getMessage()),
                                note.address()));
                return Optional.empty();
            }
        }
        return Optional.of(functions);
    }

    private Step stepAt(long address) {
        return Objects.requireNonNull(steps.get(address));
    }

    private List<Block> blocks() {
        if (!steps.containsKey(entry)) {
            return List.of(); // no code is there, which is among the problems
        }
        List<Long> starts = new ArrayList<>();
        for (long address : steps.keySet()) {
            List<Instruction> from = before.getOrDefault(address, List.of());
            boolean inside =
                    address != entry
                            && from.size() == 1
                            && stepAt(from.getFirst().address()).next().size() == 1
                            && from.getFirst().flow() == Instruction.Flow.NEXT;
            if (!inside) {
                starts.add(address);
            }
        }
        starts.remove(entry);
        starts.addFirst(entry);
        Map<Long, Integer> ids = new HashMap<>();
        starts.forEach(start -> ids.put(start, ids.size()));
        List<Block> blocks = new ArrayList<>();
        List<Block> tails = new ArrayList<>();
        for (long start : starts) {
            blocks.add(block(start, ids, starts.size(), tails));
        }
        blocks.addAll(tails);
        return blocks;
    }

    private Block block(long start, Map<Long, Integer> ids, int firstTail, List<Block> tails) {
        List<Instruction> body = new ArrayList<>();
        long at = start;
        while (true) {
            Instruction instruction = program.at(at).orElseThrow();
            body.add(instruction);
            Step step = stepAt(at);
            boolean last =
                    step.next().size() != 1
                            || ids.containsKey(step.next().getFirst())
                            || !steps.containsKey(step.next().getFirst());
            if (!last && !step.callees().isEmpty()) {
                throw new IllegalStateException("a call inside a block");
            }
            if (last) {
                List<Integer> next = new ArrayList<>();
                for (long target : step.next()) {
                    if (ids.containsKey(target)) {
                        next.add(ids.get(target));
                    }
                }
                for (long tail : step.tails()) {
                    int id = firstTail + tails.size();
                    tails.add(new Block(id, List.of(), List.of(tail), ends.apply(tail), List.of()));
                    next.add(id);
                }
                return new Block(
                        Objects.requireNonNull(ids.get(start)),
                        body,
                        step.callees(),
                        step.exit(),
                        next);
            }
            at = step.next().getFirst();
        }
    }
}
