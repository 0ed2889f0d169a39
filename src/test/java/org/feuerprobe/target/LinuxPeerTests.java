package org.feuerprobe.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ProbeRun;
import org.junit.jupiter.api.Test;

/** Linux under the same probe. */
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
