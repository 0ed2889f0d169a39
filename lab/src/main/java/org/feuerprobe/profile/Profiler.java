package org.feuerprobe.profile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.feuerprobe.bound.NearNames;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.harness.Acceleration;
import org.feuerprobe.harness.BootFailure;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TargetKind;
import org.feuerprobe.harness.TargetOpener;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.RegionProfile;

/** Makes profiles of a kernel's benchmarks; each request boots the kernel once. */
public final class Profiler {
    /** Power of two, so that a mean over the samples has few digits, and is exact. */
    public static final int SAMPLES = 16;

    private static final int WARMUP = 2;

    /** Value of a parameter that nobody chose, as far as the benchmark accepts it. */
    private static final long USUAL = 64;

    private static final long SEED = 1;

    private final QemuTarget target;
    private final KernelImage image;
    private final Symbols symbols;

    private Profiler(QemuTarget target, KernelImage image, Symbols symbols) {
        this.target = target;
        this.image = image;
        this.symbols = symbols;
    }

    /**
     * Opens a kernel.
     *
     * @param more further ELF files whose symbols are wanted, such as programs of ring 3
     */
    public static Profiler open(TargetOpener opener, KernelImage image, List<Path> more)
            throws LabException, InterruptedException {
        List<Path> files = new ArrayList<>(List.of(image.file()));
        Path user = image.file().resolveSibling("user.elf");
        if (Files.isRegularFile(user)) {
            files.add(user);
        }
        files.addAll(more);
        return new Profiler(opener.profiled(image), image, Symbols.read(files));
    }

    /** Whether this target shows every instruction. */
    public static boolean canProfile(TargetChoice target) {
        return target.kind() == TargetKind.QEMU && target.acceleration() == Acceleration.ICOUNT;
    }

    public KernelImage image() {
        return image;
    }

    /** The benchmarks that the kernel offers; costs a boot. */
    public List<Benchmark> catalogue() throws LabException, InterruptedException {
        return boot(Plan.catalogue()).run().benchmarks();
    }

    /** The benchmark of this name, or the benchmarks of this operation. */
    public static List<Benchmark> find(List<Benchmark> all, String name) throws LabException {
        List<Benchmark> exact =
                all.stream().filter(benchmark -> benchmark.name().equals(name)).toList();
        List<Benchmark> found =
                exact.isEmpty()
                        ? all.stream().filter(one -> one.operation().equals(name)).toList()
                        : exact;
        if (found.isEmpty()) {
            throw LabException.wrongUse(
                    "the kernel has no operation or benchmark '%s'; %s"
                            .formatted(
                                    name,
                                    NearNames.nearest(name, names(all))
                                            .map(near -> "did you mean " + near + "?")
                                            .orElse("feuerprobe bench --list shows them")));
        }
        return found;
    }

    private static List<String> names(List<Benchmark> all) {
        return all.stream().flatMap(one -> Stream.of(one.name(), one.operation())).toList();
    }

    /** A point of a benchmark: the values chosen, and usual ones for the other parameters. */
    public static PlanEntry at(Benchmark benchmark, Map<String, Long> chosen, int samples)
            throws LabException {
        for (String name : chosen.keySet()) {
            if (benchmark.parameters().stream().noneMatch(known -> known.name().equals(name))) {
                throw LabException.wrongUse(
                        "--at %s: %s has no such parameter; it has %s"
                                .formatted(
                                        name,
                                        benchmark.name(),
                                        benchmark.parameters().isEmpty()
                                                ? "none"
                                                : String.join(
                                                        ", ",
                                                        benchmark.parameters().stream()
                                                                .map(Benchmark.Parameter::name)
                                                                .toList())));
            }
        }
        SequencedMap<String, Long> point = new LinkedHashMap<>();
        for (Benchmark.Parameter parameter : benchmark.parameters()) {
            long value =
                    chosen.getOrDefault(
                            parameter.name(), Math.clamp(USUAL, parameter.min(), parameter.max()));
            if (value < parameter.min() || value > parameter.max()) {
                throw LabException.wrongUse(
                        "--at %s=%d: %s accepts %d to %d"
                                .formatted(
                                        parameter.name(),
                                        value,
                                        benchmark.name(),
                                        parameter.min(),
                                        parameter.max()));
            }
            point.put(parameter.name(), value);
        }
        return new PlanEntry(benchmark, point, samples, WARMUP, 1);
    }

    /**
     * Profiles of these points, in their order.
     *
     * @param net whether the overhead twin is subtracted
     */
    public List<Profile> measure(List<PlanEntry> entries, boolean net)
            throws LabException, InterruptedException {
        return measure(entries, net, false);
    }

    /** The same without those that the kernel does not mark, instead of an error. */
    List<Profile> measureMarked(List<PlanEntry> entries) throws LabException, InterruptedException {
        return measure(entries, true, true);
    }

    private List<Profile> measure(List<PlanEntry> entries, boolean net, boolean markedOnly)
            throws LabException, InterruptedException {
        BootOutcome.Completed completed = boot(new Plan(SEED, entries));
        RegionProfile file = completed.profile().orElseThrow();
        if (file.entries().size() != entries.size()) {
            throw LabException.targetFailed(
                    "the kernel began %d plan entries of %d where the plugin saw it: it must mark each"
                            .formatted(file.entries().size(), entries.size()));
        }
        List<ProfileBuilder> builders = new ArrayList<>();
        Set<Long> addresses = new LinkedHashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            ProfileBuilder builder =
                    new ProfileBuilder(
                            file,
                            file.entries().get(i),
                            entries.get(i),
                            completed.run().entries().get(i),
                            net);
            if (builder.marked() || !markedOnly) {
                builders.add(builder);
                addresses.addAll(builder.addresses());
            }
        }
        symbols.load(addresses);
        List<Profile> profiles = new ArrayList<>();
        for (ProfileBuilder builder : builders) {
            profiles.add(builder.build(symbols, image));
        }
        return profiles;
    }

    /** The functions and lines of the kernel's addresses. */
    public Symbols symbols() {
        return symbols;
    }

    private BootOutcome.Completed boot(Plan plan) throws LabException, InterruptedException {
        return switch (target.boot(plan, 0, Target.Progress.none())) {
            case BootOutcome.Completed completed -> completed;
            case BootOutcome.Failed failed -> throw BootFailure.of(failed);
        };
    }
}
