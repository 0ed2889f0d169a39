package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ProbeRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernel's core in this process, timed by the processor. */
@Tag("boots")
class NativeTargetTests {
    private static NativeTarget target;

    @BeforeAll
    static void build() throws Exception {
        target = new NativeTarget(NativeTarget.build(Path.of("exokernel"), List.of()), 0);
    }

    private static BootOutcome boot(Plan plan) throws Exception {
        return target.boot(plan, 0, Target.Progress.none());
    }

    @Test
    void offersTheKernelsBenchmarks() throws Exception {
        List<Benchmark> here = KernelFixture.completed(boot(Plan.catalogue())).run().benchmarks();
        assertThat(here).hasSizeGreaterThan(5);
        assertThat(KernelFixture.catalogue(KernelFixture.target(KernelFixture.image(), "")))
                .containsAll(here);
    }

    @Test
    void carriesOutAPlanAndVerifiesItsEffects() throws Exception {
        List<Benchmark> benchmarks =
                KernelFixture.completed(boot(Plan.catalogue())).run().benchmarks().stream()
                        .filter(benchmark -> benchmark.name().startsWith("cap_table"))
                        .toList();
        Plan plan = target.adapt(GridPlanner.plan(benchmarks, Effort.QUICK, 1));

        ProbeRun run = KernelFixture.completed(boot(plan)).run();

        assertThat(run.entries()).hasSameSizeAs(plan.entries()).allMatch(ProbeRun.Entry::verified);
        assertThat(run.entries().getFirst().streams().get(0)).hasSize(1024);
    }

    @Test
    void knownTruthsCostWhatIsPublished() throws Exception {
        NativeClock clock = target.clock();

        assertThat(clock.quantum()).isBetween(1L, 200L);
        assertThat(clock.cyclesPerTick()).isBetween(0.2, 5.0);
        assumeTrue(
                Math.abs(clock.multiplication() - 3) < 0.09,
                "this processor is too busy, or another, for the published latencies: " + clock);
        assertThat(clock.load()).isBetween(3.88, 6.18);
    }

    @Test
    void seesTheGapsOfTheMachine() throws Exception {
        NoiseProbe probe = target.noise(Duration.ofMillis(100));

        assertThat(probe.histogram()).isNotEmpty();
        assertThat(probe.longestMicros()).isPositive();
        assertThat(probe.lost()).isBetween(0.0, 1.0);
    }

    /** It takes at least what a system call does, where there is another processor. */
    @Test
    void anotherProcessorAnswersAnInterrupt() throws Exception {
        assumeTrue(
                Runtime.getRuntime().availableProcessors() > 1, "there is no other processor here");
        OptionalDouble cycles = target.interruptOther();

        assumeTrue(cycles.isPresent(), "Linux has no membarrier here, or no other processor");
        assertThat(cycles.getAsDouble()).isBetween(100.0, 1e8);
    }

    /** Linux sets the flag from the same leaf that holds the signature. */
    @Test
    void theHypervisorSignsWhereLinuxSeesOne() throws Exception {
        boolean virtual = Files.readString(Path.of("/proc/cpuinfo")).contains(" hypervisor");
        Optional<String> signature =
                NativeTarget.hypervisor(NativeTarget.build(Path.of("exokernel"), List.of()));

        assertThat(signature.isPresent()).isEqualTo(virtual);
        assertThat(signature.orElse("KVM")).matches("[ -~]{1,12}");
    }

    @Test
    void theStepOfACounterIsTheSmallestDistanceOfItsValues() {
        assertThat(ClockFitness.step(new long[] {52, 78, 104, 26, 52})).isEqualTo(26 + 1);
        assertThat(ClockFitness.step(new long[] {49, 73, 74, 98, 122, 123})).isEqualTo(25);
        assertThat(ClockFitness.step(new long[] {1, 2, 3, 4, 5, 6, 7})).isEqualTo(1);
    }

    @Test
    void saysWhichProcessorIsNotThere() throws Exception {
        NativeTarget nowhere =
                new NativeTarget(NativeTarget.build(Path.of("exokernel"), List.of()), 4000);
        assertThat(
                        KernelFixture.failed(
                                        nowhere.boot(Plan.catalogue(), 0, Target.Progress.none()))
                                .detail())
                .contains("cannot bind to processor 4000");
    }
}
