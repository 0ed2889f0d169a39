package org.feuerprobe.flame;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.probe.RegionProfile;
import org.feuerprobe.profile.CallStack;
import org.feuerprobe.profile.Frame;
import org.feuerprobe.profile.Profile;

/** A profile of an operation that nobody ran. */
public final class MadeUpProfile {
    private static final int SAMPLES = 4;

    private final List<CallStack> stacks = new ArrayList<>();

    /**
     * Adds a stack.
     *
     * @param path {@code function:line …}, outermost first; each function is in a file of its name
     * @param site of the last one, and so many less of those before
     */
    public MadeUpProfile with(String path, long site, long instructions) {
        List<Frame> frames = new ArrayList<>();
        List<Long> sites = new ArrayList<>();
        String[] words = path.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            String[] parts = words[i].split(":", 2);
            frames.add(new Frame(parts[0], parts[0] + ".c", Integer.parseInt(parts[1])));
            sites.add(site - (words.length - 1 - i));
        }
        long[] weights = new long[RegionProfile.WEIGHTS.size()];
        weights[0] = instructions;
        stacks.add(new CallStack(frames, sites, weights));
        return this;
    }

    public Profile profile() {
        long clock = stacks.stream().mapToLong(CallStack::instructions).sum();
        return new Profile(
                new Benchmark("op/hot", "op", 3, false, 1, List.of(), "it happened"),
                new LinkedHashMap<>(Map.of("n", 8L)),
                true,
                SAMPLES,
                clock,
                new KernelImage(Path.of("kernel.elf"), "", Map.of()),
                stacks);
    }

    /** An operation that calls twice, and whose twin executes a line that it does not. */
    public static Profile usual() {
        return new MadeUpProfile()
                .with("run:10", 0x100, 8)
                .with("run:10 insert:20", 0x101, 4)
                .with("run:10 insert:21 find:30", 0x102, 40)
                .with("run:10 insert:21 find:31", -0x103, 12)
                .with("run:11", 0x104, -4)
                .profile();
    }
}
