package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ProbeRun;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every target owes a campaign: with the benchmark that fake, native core and exokernel share,
 * or with all that a stranger and Linux have.
 */
@Tag("boots")
class TargetConformanceTests {
    private static final String SUBJECT = "cap_table_lookup/random";
    private static final LinuxPeer LINUX = new LinuxPeer(Path.of("peers"), QemuLimits.DEFAULT);

    @TempDir static Path folder;

    static Stream<Named<Target>> targets() throws Exception {
        Benchmark lookup =
                new Benchmark(
                        SUBJECT,
                        "cap_table_lookup",
                        0,
                        false,
                        1,
                        List.of(new Benchmark.Parameter("N_caps", 16, 65535)),
                        "found");
        return Stream.of(
                Named.of("fake", new FakeTarget(List.of(lookup), _ -> 16)),
                Named.of(
                        "native",
                        new NativeTarget(NativeTarget.build(Path.of("exokernel"), List.of()), 0)),
                Named.of("qemu", KernelFixture.target(KernelFixture.image(), "")),
                Named.of(
                        "image",
                        new SerialTarget(
                                "image",
                                "instructions",
                                SerialSources.emulated(
                                        Machine.MICROVM,
                                        "qemu-system-x86_64",
                                        TinyKernel.make(folder, "DEFINES="),
                                        List.of(),
                                        Optional.empty()),
                                QemuLimits.DEFAULT)),
                Named.of("linux", LINUX.host(LINUX.program(), 0)),
                Named.of("linux-guest", LINUX.guest("qemu-system-x86_64")));
    }

    /** A guest is there once {@code make peers} has fetched it; its tests are skipped, and seen. */
    private static void assumeItIsHere(Target target) {
        assumeTrue(
                !target.name().equals("linux-guest") || LINUX.fetched(),
                "no Linux guest was fetched: make peers");
    }

    private static ProbeRun run(Target target, Plan plan, int number) throws Exception {
        return KernelFixture.completed(target.boot(plan, number, Target.Progress.none())).run();
    }

    private static Plan plan(Target target) throws Exception {
        assumeItIsHere(target);
        List<Benchmark> all = run(target, Plan.catalogue(), 0).benchmarks();
        List<Benchmark> lookup =
                all.stream().filter(benchmark -> benchmark.name().equals(SUBJECT)).toList();
        boolean strangers = target instanceof SerialTarget; // other benchmarks, and no plan
        assertThat(lookup).hasSize(strangers ? 0 : 1);
        return target.adapt(GridPlanner.plan(strangers ? all : lookup, Effort.QUICK, 1));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void offersItsBenchmarksWithoutMeasuring(Target target) throws Exception {
        assumeItIsHere(target);
        ProbeRun run = run(target, Plan.catalogue(), 0);

        assertThat(run.benchmarks()).isNotEmpty();
        assertThat(run.entries()).isEmpty();
        assertThat(target.name()).isNotBlank();
        assertThat(target.metric()).isIn("instructions", "cycles");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void carriesOutEveryEntryInOrderWithAsManySamplesAsAsked(Target target) throws Exception {
        Plan plan = plan(target);
        ProbeRun run = run(target, plan, 0);

        assertThat(run.entries()).hasSameSizeAs(plan.entries()).allMatch(ProbeRun.Entry::verified);
        for (int i = 0; i < plan.entries().size(); i++) {
            for (int stream = 0; stream < 2; stream++) {
                assertThat(run.entries().get(i).streams().get(stream))
                        .hasSize(plan.entries().get(i).samples());
            }
        }
        assertThat(run.calibration()).isNotEmpty();
    }

    @Test
    void oneListOfBenchmarksServesFakeNativeAndQemu() throws Exception {
        Target core = new NativeTarget(NativeTarget.build(Path.of("exokernel"), List.of()), 0);
        List<Benchmark> list =
                run(core, Plan.catalogue(), 0).benchmarks().stream()
                        .filter(benchmark -> !benchmark.cold())
                        .toList();
        Target fake = new FakeTarget(list, _ -> 16);
        Target qemu = KernelFixture.target(KernelFixture.image(), "");
        Plan plan = GridPlanner.plan(list, Effort.QUICK, 1);

        assertThat(list).hasSizeGreaterThan(30);
        for (Target target : List.of(fake, core, qemu)) {
            assertThat(run(target, target.adapt(plan), 0).entries())
                    .as(target.name())
                    .hasSameSizeAs(plan.entries())
                    .allMatch(ProbeRun.Entry::verified);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void anExactTargetRepeatsItself(Target target) throws Exception {
        Plan plan = plan(target);
        ProbeRun first = run(target, plan, 0);
        ProbeRun second = run(target, plan, 1);
        for (int i = 0; target.exact() && i < plan.entries().size(); i++) {
            assertThat(second.entries().get(i).streams().get(0))
                    .isEqualTo(first.entries().get(i).streams().get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void adaptingTwiceIsAdaptingOnce(Target target) throws Exception {
        Plan plan = plan(target);
        assertThat(target.adapt(plan).values()).isEqualTo(plan.values());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void tellsWhenAllIsDone(Target target) throws Exception {
        Plan plan = plan(target);
        AtomicLong done = new AtomicLong();
        KernelFixture.completed(target.boot(plan, 0, (at, _) -> done.set(at)));
        assertThat(done.get()).isEqualTo(plan.entries().size());
    }
}
