package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ProbeLayout;

/** The real kernel, built from the tree, for tests that boot it. */
public final class KernelFixture {
    /**
     * Short, so that a test of a hang does not take fifteen seconds; a busy machine still beats in
     * that time.
     */
    public static final QemuLimits IMPATIENT =
            new QemuLimits(Duration.ofSeconds(4), Duration.ofSeconds(60), 1 << 20);

    private KernelFixture() {}

    public static KernelImage image(String... variant) throws IOException, InterruptedException {
        return new KernelBuilder(Path.of("exokernel")).build(List.of(variant));
    }

    /** A target whose kernel command line is {@code append}. */
    public static QemuTarget target(KernelImage image, String append) {
        return target(image, append, (_, _) -> {});
    }

    public static QemuTarget target(
            KernelImage image, String append, QemuTarget.Observer observer) {
        List<String> extra = append.isEmpty() ? List.of() : List.of("-append", append);
        return new QemuTarget("qemu-system-x86_64", image, 2, IMPATIENT, extra, observer);
    }

    /** The benchmarks of the capability table at a few points: cheap, and enough to be a plan. */
    public static Plan plan(QemuTarget target) throws InterruptedException {
        List<Benchmark> cheap =
                catalogue(target).stream()
                        .filter(benchmark -> benchmark.operation().startsWith("cap_table"))
                        .toList();
        return GridPlanner.plan(cheap, Effort.QUICK, 1);
    }

    public static List<Benchmark> catalogue(QemuTarget target) throws InterruptedException {
        return completed(target.boot(Plan.catalogue(), 0, Target.Progress.none()))
                .run()
                .benchmarks();
    }

    public static BootOutcome.Completed completed(BootOutcome outcome) {
        if (outcome instanceof BootOutcome.Completed completed) {
            return completed;
        }
        throw new AssertionError("the boot failed: " + outcome);
    }

    public static BootOutcome.Failed failed(BootOutcome outcome) {
        if (outcome instanceof BootOutcome.Failed failed) {
            return failed;
        }
        throw new AssertionError("the boot should have failed and completed");
    }

    /**
     * Sleeps in steps until the guest has reported progress, so that what follows hits it in
     * mid-run.
     */
    static void awaitHeartbeat(ProcessHandle guest, ByteBuffer region) throws InterruptedException {
        while (guest.isAlive() && region.getLong(ProbeLayout.HEARTBEAT) == 0) {
            Thread.sleep(5);
        }
    }
}
