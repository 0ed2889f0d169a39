package org.feuerprobe.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.probe.Counter;

/**
 * Where the instructions of an operation are.
 *
 * @param net whether the overhead twin's instructions are subtracted
 * @param samples operations that all sums are over
 * @param clock what the guest's clock counted in all samples; the stacks have as many instructions
 */
public record Profile(
        Benchmark benchmark,
        SequencedMap<String, Long> point,
        boolean net,
        int samples,
        long clock,
        KernelImage image,
        List<CallStack> stacks) {
    public Profile {
        point = new LinkedHashMap<>(point);
        stacks = List.copyOf(stacks);
    }

    /** Sum over all stacks. */
    public long total(Counter counter) {
        return stacks.stream().mapToLong(stack -> stack.weight(counter)).sum();
    }

    /** Sum over all stacks of instructions. */
    public long total() {
        return total(Counter.INSTRUCTIONS);
    }
}
