package org.feuerprobe.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.profile.Symbols;

/**
 * A system call of the exokernel that a workload lives on.
 *
 * @param name as bounds name it: {@code exo_map}
 * @param calls how often the kernel entered its function
 * @param instructions of this function itself, without those that it calls
 * @param claims the bounds that speak of it
 */
public record KernelOperation(String name, long calls, long instructions, List<String> claims) {
    private static final String HANDLER = "sys_";
    private static final String OPERATION = "exo_";

    public KernelOperation {
        claims = List.copyOf(claims);
    }

    /** All that were called, the most frequent first. */
    static List<KernelOperation> of(Map<Long, Long> kernel, Symbols symbols, List<Bound> bounds) {
        Map<String, Long> calls = new HashMap<>();
        Map<String, Long> instructions = new HashMap<>();
        kernel.forEach((address, executions) -> {
            Optional<Symbols.Function> function = symbols.function(address);
            if (function.isPresent() && function.get().name().startsWith(HANDLER)) {
                String name = OPERATION + function.get().name().substring(HANDLER.length());
                instructions.merge(name, executions, Long::sum);
                if (function.get().start() == address) {
                    calls.merge(name, executions, Long::sum);
                }
            }
        });
        List<KernelOperation> found = new ArrayList<>();
        calls.forEach((name, count) ->
                found.add(
                        new KernelOperation(
                                name,
                                count,
                                instructions.getOrDefault(name, 0L),
                                bounds.stream()
                                        .filter(bound -> bound.operation().equals(name))
                                        .map(bound -> bound.claim().toString())
                                        .distinct()
                                        .toList())));
        found.sort(
                Comparator.comparingLong(KernelOperation::calls)
                        .reversed()
                        .thenComparing(KernelOperation::name));
        return found;
    }
}
