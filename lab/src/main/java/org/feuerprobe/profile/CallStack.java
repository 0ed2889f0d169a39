package org.feuerprobe.profile;

import java.util.List;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.RegionProfile;

/**
 * An instruction, and the calls that led to it.
 *
 * @param frames outermost first; the last one is the instruction's
 * @param sites for each frame the address of the instruction that leads to the next one, a call or
 *     an entry into the kernel; the last one is the instruction's. The frames of a function and of
 *     those that the compiler expanded there have the same; 0 where no instruction is meant
 * @param weights sums over all samples, in the order of {@link RegionProfile#WEIGHTS}; negative
 *     where only the overhead twin executed it
 */
public record CallStack(List<Frame> frames, List<Long> sites, long[] weights) {
    public CallStack {
        frames = List.copyOf(frames);
        sites = List.copyOf(sites);
    }

    /** Address of the instruction; 0 where no instruction is meant. */
    public long address() {
        return sites.getLast();
    }

    public Frame top() {
        return frames.getLast();
    }

    /** How often the instruction was executed. */
    public long instructions() {
        return weights[0];
    }

    public long weight(Counter counter) {
        return weights[RegionProfile.WEIGHTS.indexOf(counter)];
    }
}
