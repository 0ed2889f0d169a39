package org.feuerprobe.flame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.feuerprobe.bound.NearNames;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.CallStack;
import org.feuerprobe.profile.Disassembly;
import org.feuerprobe.profile.FunctionCost;
import org.feuerprobe.profile.Profile;
import org.feuerprobe.profile.SourceText;
import org.feuerprobe.profile.Symbols;

/** Source and machine code of one function, with the cost of each line and each instruction. */
public final class Annotation {
    private static final int AROUND = 2;

    private final Profile profile;
    private final Counter counter;
    private final PerOperation mean;

    private Annotation(Profile profile, Counter counter) {
        this.profile = profile;
        this.counter = counter;
        this.mean = new PerOperation(profile.samples());
    }

    /** The text; a function that the profile does not have is an error. */
    public static String of(
            Profile profile, Counter counter, String function, SourceText sources, Symbols symbols)
            throws LabException, InterruptedException {
        return new Annotation(profile, counter).text(function, sources, symbols);
    }

    private String text(String function, SourceText sources, Symbols symbols)
            throws LabException, InterruptedException {
        List<CallStack> own =
                profile.stacks().stream()
                        .filter(stack -> stack.top().function().equals(function))
                        .filter(stack -> stack.address() != 0)
                        .toList();
        if (own.isEmpty()) {
            throw LabException.wrongUse(
                    "--annotate %s: the operation executes no instruction of it%s"
                            .formatted(function, meant(function)));
        }
        StringBuilder text =
                new StringBuilder(ProfileTable.heading(profile, counter))
                        .append(
                                "%s has %s of them itself.\n"
                                        .formatted(function, mean.text(sum(own))));
        Map<String, NavigableMap<Integer, Long>> files = new TreeMap<>();
        Map<Long, Long> addresses = new HashMap<>();
        for (CallStack stack : own) {
            long weight = stack.weight(counter);
            addresses.merge(stack.address(), weight, Long::sum);
            files.computeIfAbsent(stack.top().file(), _ -> new TreeMap<>())
                    .merge(stack.top().line(), weight, Long::sum);
        }
        files.forEach((file, lines) -> source(file, lines, sources, text));
        code(function, addresses, Disassembly.of(symbols, addresses.keySet()), text);
        return text.toString();
    }

    private String meant(String function) {
        return NearNames.nearest(
                        function,
                        FunctionCost.of(profile, counter).stream().map(FunctionCost::name).toList())
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    private long sum(List<CallStack> stacks) {
        return stacks.stream().mapToLong(stack -> stack.weight(counter)).sum();
    }

    private void source(
            String file,
            NavigableMap<Integer, Long> lines,
            SourceText sources,
            StringBuilder text) {
        List<String> whole = sources.lines(file);
        if (file.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        int last = 0;
        for (Map.Entry<Integer, Long> line : lines.entrySet()) {
            int from = Math.max(Math.max(1, last + 1), line.getKey() - AROUND);
            if (last > 0 && from > last + 1) {
                int until = Math.min(last + AROUND, from - 1);
                add(rows, whole, last + 1, until);
                from = Math.max(from, until + 1);
                rows.add(List.of("", "", "…"));
            }
            add(rows, whole, from, line.getKey() - 1);
            rows.add(
                    List.of(
                            mean.text(line.getValue()),
                            Integer.toString(line.getKey()),
                            text(whole, line.getKey())));
            last = line.getKey();
        }
        add(rows, whole, last + 1, last + AROUND);
        text.append("\n").append(file).append(whole.isEmpty() ? " (not here)" : "").append("\n");
        text.append(RightAligned.of(rows, 2));
    }

    private static void add(List<List<String>> rows, List<String> whole, int from, int to) {
        for (int line = from; line <= Math.min(to, whole.size()); line++) {
            rows.add(List.of("", Integer.toString(line), text(whole, line)));
        }
    }

    private static String text(List<String> whole, int line) {
        return line >= 1 && line <= whole.size() ? whole.get(line - 1) : "";
    }

    /** Of the function itself every instruction; where it was expanded, those that are its. */
    private void code(
            String function,
            Map<Long, Long> addresses,
            List<Disassembly.Instruction> instructions,
            StringBuilder text) {
        List<List<String>> rows = new ArrayList<>();
        String symbol = "";
        for (Disassembly.Instruction instruction : instructions) {
            Long weight = addresses.get(instruction.address());
            if (weight == null && !instruction.symbol().equals(function)) {
                continue;
            }
            if (!instruction.symbol().equals(symbol)) {
                symbol = instruction.symbol();
                rows.add(List.of("", "", symbol + ":"));
            }
            rows.add(
                    List.of(
                            weight == null ? "" : mean.text(weight),
                            Long.toHexString(instruction.address()),
                            instruction.text()));
        }
        if (!rows.isEmpty()) {
            text.append('\n').append(RightAligned.of(rows, 2));
        }
    }
}
