package org.feuerprobe.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.feuerprobe.probe.Counter;

/**
 * What a function costs in a profile: sums over all samples.
 *
 * @param self in its own instructions, wherever the compiler expanded it
 * @param total in those and in the functions that it calls
 */
public record FunctionCost(String name, long self, long total) {
    /** All functions of a profile, the dearest first. */
    public static List<FunctionCost> of(Profile profile, Counter counter) {
        Map<String, long[]> sums = new LinkedHashMap<>();
        for (CallStack stack : profile.stacks()) {
            long weight = stack.weight(counter);
            Set<String> seen = new HashSet<>();
            for (Frame frame : stack.frames()) {
                if (seen.add(frame.function())) {
                    sums.computeIfAbsent(frame.function(), _ -> new long[2])[1] += weight;
                }
            }
            sums.computeIfAbsent(stack.top().function(), _ -> new long[2])[0] += weight;
        }
        List<FunctionCost> costs = new ArrayList<>();
        sums.forEach((name, sum) -> costs.add(new FunctionCost(name, sum[0], sum[1])));
        costs.removeIf(cost -> cost.self() == 0 && cost.total() == 0);
        costs.sort(
                Comparator.comparingLong(FunctionCost::self)
                        .thenComparingLong(FunctionCost::total)
                        .reversed()
                        .thenComparing(FunctionCost::name));
        return List.copyOf(costs);
    }
}
