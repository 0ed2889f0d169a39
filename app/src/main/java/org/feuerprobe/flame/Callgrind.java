package org.feuerprobe.flame;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.CallStack;
import org.feuerprobe.profile.Frame;
import org.feuerprobe.profile.Profile;

/**
 * A profile for callgrind_annotate and KCachegrind: costs by line, and the costs of each call. An
 * edge of a recursion is counted once a stack. Where no call was made, because the compiler
 * expanded the function or an interrupt came, the number of calls is 1: callgrind_annotate wants
 * one.
 */
public final class Callgrind {
    private record Function(String file, String name) {
        static Function of(Frame frame) {
            return new Function(frame.file(), frame.function());
        }

        String position(String prefix) {
            return "%sfl=%s\n%sfn=%s\n"
                    .formatted(prefix, file.isEmpty() ? "???" : file, prefix, name);
        }

        String called() {
            return "cfi=%s\ncfn=%s\n".formatted(file.isEmpty() ? "???" : file, name);
        }
    }

    private record Call(int line, Function called) {}

    /** What a function executes on a line, and what it calls there. */
    private static final class Costs {
        private final Map<Integer, Long> lines = new TreeMap<>();
        private final Map<Call, long[]> calls = new LinkedHashMap<>();
    }

    private final Map<Function, Costs> functions = new LinkedHashMap<>();

    private Callgrind() {}

    /** The file; sums are over all samples. */
    public static String of(Profile profile, Counter counter) throws LabException {
        return new Callgrind().write(profile, counter);
    }

    private String write(Profile profile, Counter counter) throws LabException {
        long total = 0;
        for (DrawableStack each : DrawableStack.of(profile, counter)) {
            total += each.weight();
            add(each.stack(), each.weight());
        }
        count(profile.stacks());
        StringBuilder text =
                new StringBuilder("# callgrind format\nversion: 1\ncreator: feuerprobe\n")
                        .append("cmd: %s\n".formatted(Speedscope.name(profile, counter)))
                        .append("positions: line\n")
                        .append("events: %s\n".formatted(event(counter)))
                        .append("summary: %d\n".formatted(total));
        functions.forEach((function, costs) -> {
            text.append('\n').append(function.position(""));
            costs.lines.forEach((line, cost) -> text.append(line + " " + cost + "\n"));
            costs.calls.forEach((call, cost) ->
                    text.append(call.called().called())
                            .append(
                                    "calls=%d %d\n%d %d\n"
                                            .formatted(
                                                    Math.max(1, cost[0]),
                                                    first(call.called()),
                                                    call.line(),
                                                    cost[1])));
        });
        return text.append("totals: %d\n".formatted(total)).toString();
    }

    private void add(CallStack stack, long weight) {
        List<Frame> frames = stack.frames();
        costs(Function.of(stack.top())).lines.merge(stack.top().line(), weight, Long::sum);
        Set<Call> seen = new HashSet<>();
        for (int i = 0; i + 1 < frames.size(); i++) {
            Function caller = Function.of(frames.get(i));
            Call call = new Call(frames.get(i).line(), Function.of(frames.get(i + 1)));
            if (!caller.equals(call.called()) && seen.add(call)) {
                costs(caller).calls.computeIfAbsent(call, _ -> new long[2])[1] += weight;
            }
        }
    }

    /** Adds the number of calls: how often the instruction at each site was executed. */
    private void count(List<CallStack> stacks) {
        Map<List<Long>, Long> executed = new HashMap<>();
        for (CallStack stack : stacks) {
            executed.merge(stack.sites(), stack.instructions(), Long::sum);
        }
        Set<List<Object>> counted = new HashSet<>();
        for (CallStack stack : stacks) {
            for (int i = 0; i + 1 < stack.frames().size(); i++) {
                List<Long> path = stack.sites().subList(0, i + 1);
                boolean call = !stack.sites().get(i).equals(stack.sites().get(i + 1));
                Costs costs = functions.get(Function.of(stack.frames().get(i)));
                Call to =
                        new Call(
                                stack.frames().get(i).line(),
                                Function.of(stack.frames().get(i + 1)));
                long[] known = costs == null ? null : costs.calls.get(to);
                if (call && known != null && counted.add(List.of(path, to))) {
                    known[0] += Math.max(0, executed.getOrDefault(path, 0L));
                }
            }
        }
    }

    private int first(Function function) {
        Costs costs = functions.get(function);
        return costs == null || costs.lines.isEmpty() ? 0 : costs.lines.keySet().iterator().next();
    }

    private Costs costs(Function function) {
        return functions.computeIfAbsent(function, _ -> new Costs());
    }

    /** Letters only: {@code InstructionsRead}. */
    private static String event(Counter counter) {
        return List.of(counter.metric().split("_", -1)).stream()
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
