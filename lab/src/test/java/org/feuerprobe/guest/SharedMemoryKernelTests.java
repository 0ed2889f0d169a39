package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ProbeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's kernel that shares no code with ours, takes a plan and shares memory. */
@Tag("boots")
class SharedMemoryKernelTests {
    @TempDir Path folder;

    private QemuTarget target(String defines) throws Exception {
        Path made = TinyKernel.make(folder, defines).file();
        return KernelFixture.target(KernelImage.read(made.resolveSibling("shared.elf")), "");
    }

    @Test
    void carriesOutThePlanAsTheKernelsOwnPageSays() throws Exception {
        QemuTarget target = target("DEFINES=");
        List<Benchmark> benchmarks = KernelFixture.catalogue(target);
        Plan plan = GridPlanner.plan(benchmarks, Effort.QUICK, 1);
        ProbeRun run = KernelFixture.completed(target.boot(plan, 0, Target.Progress.none())).run();

        assertThat(run.kernel().name()).isEqualTo("ring");
        assertThat(benchmarks).extracting(Benchmark::operation).contains("ring_sum", "ring_add");
        assertThat(run.entries()).hasSameSizeAs(plan.entries()).allMatch(ProbeRun.Entry::verified);
        assertThat(steps(run, plan))
                .hasSizeGreaterThan(3)
                .containsOnly(steps(run, plan).getFirst());
    }

    /** Instructions for each further number of the sum, between neighbouring points. */
    private static List<Double> steps(ProbeRun run, Plan plan) {
        List<Double> steps = new ArrayList<>();
        long before = 0;
        long cost = 0;
        for (int i = 0; i < plan.entries().size(); i++) {
            if (plan.entries().get(i).benchmark().name().equals("sum")) {
                long n = plan.entries().get(i).parameters().firstEntry().getValue();
                long net = least(run.entries().get(i), 0) - least(run.entries().get(i), 1);
                if (before > 0) {
                    steps.add((net - cost) / (double) (n - before));
                }
                before = n;
                cost = net;
            }
        }
        return steps;
    }

    private static long least(ProbeRun.Entry entry, int stream) {
        return Arrays.stream(entry.streams().getOrDefault(stream, new long[0])).min().orElseThrow();
    }

    @Test
    void aKernelThatDoesNotEndItsBootIsToldHow() throws Exception {
        BootOutcome.Failed failed =
                KernelFixture.failed(
                        target("DEFINES=-DENDLESS")
                                .boot(Plan.catalogue(), 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(BootOutcome.Failure.HANG);
        assertThat(failed.detail())
                .endsWith(
                        "the kernel is complete but did not end its boot: it must write 0x10 to port 0xf4");
    }
}
