package org.feuerprobe.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.probe.RegionProfile;
import org.feuerprobe.probe.RegionProfile.Cell;
import org.feuerprobe.probe.RegionProfile.Entered;
import org.feuerprobe.probe.RegionProfile.Node;
import org.feuerprobe.probe.RegionProfile.Region;

/**
 * Makes the profile of one plan entry: holds it against the clock, subtracts the twin, and puts
 * names to addresses.
 *
 * <p>A region that begins at a deadline has no reading of the clock at its beginning. There the
 * plugin counts from the turn of the waiting loop that the interrupt ends, and the clock from the
 * deadline. The difference, at most {@link #LONGEST_TURN} instructions, is a frame of its own.
 */
final class ProfileBuilder {
    /** The most instructions between a deadline and the turn of the loop that it ends. */
    static final long LONGEST_TURN = 30;

    static final String WAITING = "[waiting since the deadline]";
    private static final int OPERATION = 0;
    private static final int TWIN = 1;

    private final RegionProfile file;
    private final RegionProfile.Entry entry;
    private final PlanEntry planned;
    private final ProbeRun.Entry measured;
    private final boolean net;

    ProfileBuilder(
            RegionProfile file,
            RegionProfile.Entry entry,
            PlanEntry planned,
            ProbeRun.Entry measured,
            boolean net) {
        this.file = file;
        this.entry = entry;
        this.planned = planned;
        this.measured = measured;
        this.net = net;
    }

    /** All addresses that a name is needed for. */
    Set<Long> addresses() {
        Set<Long> addresses = new LinkedHashSet<>();
        for (Cell cell : entry.cells()) {
            addresses.add(cell.address());
            file.path(cell.node()).forEach(node -> addresses.add(node.site()));
        }
        entry.regions().forEach(region -> addresses.add(region.mark()));
        return addresses;
    }

    Profile build(Symbols symbols, KernelImage image) throws LabException {
        long clock = checked();
        List<CallStack> stacks = new ArrayList<>();
        Region region = entry.regions().getFirst();
        long total = 0;
        for (Map.Entry<Path, long[]> each : sums().entrySet()) {
            long[] weights = each.getValue();
            if (Arrays.stream(weights).anyMatch(weight -> weight != 0)) {
                total += weights[0];
                stacks.add(stack(each.getKey(), region.base(), symbols, weights));
            }
        }
        if (total != clock) {
            long[] waited = new long[RegionProfile.WEIGHTS.size()];
            waited[0] = clock - total;
            List<Frame> frames = new ArrayList<>(symbols.frames(region.mark()));
            frames.add(Frame.named(WAITING));
            stacks.add(new CallStack(frames, Collections.nCopies(frames.size(), 0L), waited));
        }
        return new Profile(
                planned.benchmark(),
                planned.parameters(),
                net,
                planned.samples(),
                clock,
                image,
                stacks);
    }

    /** Whether each sample has a marked region, so that there can be a profile. */
    boolean marked() {
        return measured.verified() && entry.regions().size() == 2 * planned.samples();
    }

    /** What the clock counted in all samples; throws unless each sample's region has as many. */
    long checked() throws LabException {
        String name = planned.benchmark().name();
        if (!measured.verified()) {
            throw LabException.targetFailed(
                    "%s has no samples: %s".formatted(name, measured.result().message()));
        }
        if (entry.regions().isEmpty()) {
            throw LabException.wrongUse(
                    "%s cannot be profiled: the kernel does not mark where it begins and ends"
                            .formatted(name));
        }
        if (entry.regions().size() != 2 * planned.samples()) {
            throw LabException.targetFailed(
                    "%s: %d marked regions in %d samples of operation and twin"
                            .formatted(name, entry.regions().size(), planned.samples()));
        }
        boolean deadline = entry.regions().stream().anyMatch(region -> !region.clocked());
        long clock = 0;
        for (int i = 0; i < planned.samples(); i++) {
            long operation = value(OPERATION, i);
            long twin = value(TWIN, i);
            clock += net ? operation - twin : operation;
            if (deadline) {
                requireTurn(i, operation - twin - region(OPERATION, i).instructions());
            } else {
                requireEqual("the operation", i, operation, region(OPERATION, i).instructions());
                requireEqual("the overhead twin", i, twin, region(TWIN, i).instructions());
            }
        }
        return clock;
    }

    private Region region(int stream, int sample) {
        return entry.regions().get(2 * sample + stream);
    }

    private long value(int stream, int sample) {
        return measured.streams().getOrDefault(stream, new long[0])[sample];
    }

    private void requireEqual(String what, int sample, long clock, long counted)
            throws LabException {
        if (clock != counted) {
            throw LabException.targetFailed(
                    "the profile of %s is wrong: in sample %d of %s it has %d instructions, and the clock counted %d: please report this"
                            .formatted(
                                    planned.benchmark().name(), sample + 1, what, counted, clock));
        }
    }

    private void requireTurn(int sample, long difference) throws LabException {
        if (difference < 0 || difference > LONGEST_TURN) {
            throw LabException.targetFailed(
                    "the profile of %s is wrong: sample %d begins at a deadline, and the clock counted %d instructions more than the profile has, want 0 to %d: please report this"
                            .formatted(
                                    planned.benchmark().name(),
                                    sample + 1,
                                    difference,
                                    LONGEST_TURN));
        }
    }

    private record Path(int node, long address) {}

    private Map<Path, long[]> sums() {
        boolean deadline = entry.regions().stream().anyMatch(region -> !region.clocked());
        Map<Path, long[]> sums = new LinkedHashMap<>();
        for (Cell cell : entry.cells()) {
            int sign = cell.stream() == OPERATION ? 1 : net && !deadline ? -1 : 0;
            if (sign != 0) {
                long[] sum =
                        sums.computeIfAbsent(
                                new Path(cell.node(), cell.address()),
                                _ -> new long[RegionProfile.WEIGHTS.size()]);
                IntStream.range(0, sum.length).forEach(i -> sum[i] += sign * cell.weights()[i]);
            }
        }
        return sums;
    }

    /** From the function that has the region's mark, or from the beginning of another stack. */
    private CallStack stack(Path path, int base, Symbols symbols, long[] weights) {
        List<Frame> frames = new ArrayList<>();
        List<Long> sites = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (int id = path.node(); id != 0; id = file.node(id).parent()) {
            ids.addFirst(id);
        }
        int from = ids.indexOf(base);
        if (from < 0) {
            frames.add(Frame.named(elsewhere(file.node(ids.getFirst()))));
            sites.add(0L);
            from = 0;
        }
        for (int i = from + 1; i <= ids.size(); i++) {
            long site = i < ids.size() ? file.node(ids.get(i)).site() : path.address();
            List<Frame> there = symbols.frames(site);
            frames.addAll(there);
            sites.addAll(Collections.nCopies(there.size(), site));
        }
        return new CallStack(frames, sites, weights);
    }

    private static String elsewhere(Node root) {
        return root.entered() == Entered.BOOT
                ? "[processor %d]".formatted(root.site())
                : "[other environment]";
    }
}
