package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ProbeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Linux under the same probe. */
@Tag("boots")
class LinuxPeerTests {
    private static final LinuxPeer PEER =
            new LinuxPeer(
                    Path.of("peers"),
                    new QemuLimits(Duration.ofSeconds(60), Duration.ofSeconds(600), 1 << 20));

    private static ProbeRun run(SerialTarget target) throws Exception {
        ProbeRun catalogue =
                KernelFixture.completed(target.boot(Plan.catalogue(), 0, Target.Progress.none()))
                        .run();
        Plan plan = target.adapt(GridPlanner.plan(catalogue.benchmarks(), Effort.QUICK, 1));
        return KernelFixture.completed(target.boot(plan, 0, Target.Progress.none())).run();
    }

    @Test
    void measuresThisHost() throws Exception {
        ProbeRun run = run(PEER.host(PEER.program(), 0));

        assertThat(run.kernel().name()).isEqualTo("linux");
        assertThat(run.entries()).hasSizeGreaterThanOrEqualTo(8).allMatch(ProbeRun.Entry::verified);
        long[] pairs = run.clock().getOrDefault(2, new long[0]);
        assertThat(pairs).as("ticks, and the monotonic clock's nanoseconds").hasSize(32);
        assertThat(Arrays.stream(pairs).allMatch(span -> span > 0)).isTrue();
        assertThat(pairs[0]).isGreaterThanOrEqualTo(100_000);
    }

    private static SerialTarget counting(PerfEvent event, PerfCounters counters) throws Exception {
        return PEER.counting(PEER.countingProgram(), 0, event, counters);
    }

    private static double median(ProbeRun run, String benchmark, int stream) {
        for (int i = 0; i < run.benchmarks().size(); i++) {
            if (run.benchmarks().get(i).name().equals(benchmark)) {
                long[] values =
                        run.entries().get(i).streams().getOrDefault(stream, new long[0]).clone();
                Arrays.sort(values);
                return values[values.length / 2];
            }
        }
        throw new AssertionError(benchmark);
    }

    /** Events that Linux counts itself: a touched page is a fault, a round trip two switches. */
    @Test
    void countsWhatLinuxDoesForAnOperation() throws Exception {
        PerfCounters here = PerfCounters.withKernel();
        if (here.ask(PerfEvent.PAGE_FAULTS) instanceof PerfCounters.Counter.Absent absent) {
            assertThat(
                            KernelFixture.failed(
                                            counting(PerfEvent.PAGE_FAULTS, here)
                                                    .boot(
                                                            Plan.catalogue(),
                                                            0,
                                                            Target.Progress.none()))
                                    .detail())
                    .isEqualTo(absent.text());
            return;
        }
        ProbeRun faults = run(counting(PerfEvent.PAGE_FAULTS, here));
        ProbeRun switches = run(counting(PerfEvent.CONTEXT_SWITCHES, here));

        assertThat(median(faults, "mmap_touch_munmap", 0)).isEqualTo(1);
        assertThat(median(faults, "mmap_touch_munmap", 1)).isZero();
        assertThat(median(faults, "getppid", 0)).isZero();
        assertThat(median(switches, "pipe/same_cpu", 0)).isBetween(1.0, 2.0);
        assertThat(median(switches, "pipe/same_cpu", 1)).isZero();
    }

    @Test
    void aCounterThatIsNotThereFailsTheBootWithItsReason() throws Exception {
        PerfCounters none =
                new PerfCounters(
                        new PerfCounters.Kernel() {
                            @Override
                            public PerfCounters.Answer open(PerfEvent event) {
                                return new PerfCounters.Answer(-1, 2);
                            }

                            @Override
                            public void close(int descriptor) {}
                        });
        BootOutcome.Failed failed =
                KernelFixture.failed(
                        counting(PerfEvent.INSTRUCTIONS, none)
                                .boot(Plan.catalogue(), 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(BootOutcome.Failure.MISSING);
        assertThat(failed.detail())
                .startsWith("instructions is not available here: ENOENT: neither processor nor");
    }

    @Test
    void measuresAGuestInInstructionsWhereOneWasFetched() throws Exception {
        assumeTrue(
                PEER.fetched() && System.getenv("FEUERPROBE_SLOW") != null,
                "no guest was fetched (make peers), or FEUERPROBE_SLOW is not set");
        long[] calls =
                run(PEER.guest("qemu-system-x86_64"))
                        .entries()
                        .getFirst()
                        .streams()
                        .getOrDefault(0, new long[0]);

        assertThat(calls).isNotEmpty();
        assertThat(Arrays.stream(calls).min().orElseThrow()).isBetween(100L, 1000L);
    }
}
