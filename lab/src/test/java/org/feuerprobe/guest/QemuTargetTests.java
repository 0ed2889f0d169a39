package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.feuerprobe.guest.KernelFixture.completed;
import static org.feuerprobe.guest.KernelFixture.failed;
import static org.feuerprobe.guest.KernelFixture.target;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.feuerprobe.guest.BootOutcome.Failure;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ProbeLayout;
import org.feuerprobe.probe.ProbeRecord;
import org.feuerprobe.probe.ProbeRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boots the real kernel in the real emulator, well and badly. */
@Tag("boots")
class QemuTargetTests {
    private static KernelImage image;
    private static Plan plan;

    @BeforeAll
    static void buildKernel() throws Exception {
        image = KernelFixture.image();
        plan = KernelFixture.plan(target(image, ""));
    }

    @AfterEach
    void leavesNoProcessAndNoFile() throws Exception {
        assertThat(ProcessHandle.current().children().map(child -> child.info().command()))
                .noneMatch(command -> command.orElse("").contains("qemu"));
        String own = "feuerprobe-" + ProcessHandle.current().pid() + "-";
        for (Path place :
                List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
            try (var files = Files.list(place)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith(own));
            }
        }
    }

    @Test
    void carriesOutAPlan() throws Exception {
        ProbeRun run = completed(target(image, "").boot(plan, 3, Target.Progress.none())).run();

        assertThat(run.kernel().name()).isEqualTo("feuerbird-exokernel");
        assertThat(run.entries()).hasSameSizeAs(plan.entries()).allMatch(ProbeRun.Entry::verified);
        assertThat(run.calibration()).isNotEmpty();
        for (int i = 0; i < run.entries().size(); i++) {
            int samples = plan.entries().get(i).samples();
            assertThat(run.entries().get(i).streams().get(0)).hasSize(samples);
            assertThat(run.entries().get(i).streams().get(1)).hasSize(samples);
        }
    }

    @Test
    void twoBootsOfOnePlanCountTheSame() throws Exception {
        ProbeRun first = completed(target(image, "").boot(plan, 0, Target.Progress.none())).run();
        ProbeRun second = completed(target(image, "").boot(plan, 1, Target.Progress.none())).run();

        for (int i = 0; i < first.entries().size(); i++) {
            assertThat(second.entries().get(i).streams().get(0))
                    .isEqualTo(first.entries().get(i).streams().get(0));
        }
        assertThat(second.calibration()).isEqualTo(first.calibration());
    }

    @Test
    void handsBackAMillionSamples() throws Exception {
        Effort effort = new Effort(100_000, 2, 5, 1);
        Plan large =
                GridPlanner.plan(
                        KernelFixture.catalogue(target(image, "")).subList(2, 3), effort, 1);
        ProbeRun run = completed(target(image, "").boot(large, 0, Target.Progress.none())).run();

        assertThat(large.values()).isEqualTo(1_000_000);
        assertThat(run.entries())
                .allMatch(entry -> entry.streams().getOrDefault(0, new long[0]).length == 100_000);
    }

    @ParameterizedTest
    @CsvSource({
        "test=panic@2, PANIC",
        "test=overflow@2, PANIC",
        "test=hang@2, HANG",
        "test=flood@2, FLOOD",
        "test=reset@2, RESET",
        "test=nonsense, PANIC"
    })
    void namesTheFailureOfABadKernel(String append, Failure expected) throws Exception {
        BootOutcome.Failed failed =
                failed(target(image, append).boot(plan, 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(expected);
        assertThat(failed.detail()).isNotBlank();
    }

    /** The test hook fails in the third entry. */
    @ParameterizedTest
    @ValueSource(strings = {"test=panic@2", "test=hang@2", "test=reset@2"})
    void keepsTheEntriesThatABadKernelHadFinished(String append) throws Exception {
        ProbeRun whole = completed(target(image, "").boot(plan, 0, Target.Progress.none())).run();
        ProbeRun kept =
                failed(target(image, append).boot(plan, 0, Target.Progress.none()))
                        .finished()
                        .orElseThrow()
                        .run();

        assertThat(kept.entries()).hasSameSizeAs(plan.entries());
        assertThat(kept.entries().subList(0, 2)).allMatch(ProbeRun.Entry::verified);
        assertThat(kept.entries().subList(2, 35)).allMatch(ProbeRun.Entry::wasLost);
        for (int i = 0; i < 2; i++) {
            assertThat(kept.entries().get(i).streams().get(0))
                    .isEqualTo(whole.entries().get(i).streams().get(0));
        }
    }

    @Test
    void reportsTheStateOfAPanic() throws Exception {
        BootOutcome.Failed failed =
                failed(target(image, "test=panic@2").boot(plan, 0, Target.Progress.none()));

        assertThat(failed.detail())
                .contains("page fault")
                .contains("code 14")
                .contains("pc 0xffffffff8")
                .containsPattern(
                        "; \\d+ of \\d+ points done, the next is cap_table_\\w+/\\w+ \\w+=");
        assertThat(failed.log()).contains("rip").contains("cr2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test=panic@0", "test=hang@0"})
    void tellsTheLastSystemCallByName(String append) throws Exception {
        Plan ring3 =
                GridPlanner.plan(
                        KernelFixture.catalogue(target(image, "")).stream()
                                .filter(benchmark -> benchmark.name().equals("null_syscall"))
                                .toList(),
                        Effort.QUICK,
                        1);
        BootOutcome.Failed failed =
                failed(target(image, append).boot(ring3, 0, Target.Progress.none()));

        assertThat(failed.detail()).endsWith("; last system calls: cpu 0 exo_probe");
    }

    @Test
    void givesNoSampleOfAnOperationWithoutEffect() throws Exception {
        ProbeRun run =
                completed(target(image, "test=effect").boot(plan, 0, Target.Progress.none())).run();
        String sabotaged = plan.entries().getFirst().benchmark().name();

        for (int i = 0; i < run.entries().size(); i++) {
            ProbeRun.Entry entry = run.entries().get(i);
            boolean hit = plan.entries().get(i).benchmark().name().equals(sabotaged);
            assertThat(entry.result().status())
                    .isEqualTo(
                            hit ? ProbeRecord.Status.EFFECT_FAILED : ProbeRecord.Status.VERIFIED);
            assertThat(entry.streams().isEmpty()).isEqualTo(hit);
        }
    }

    @Test
    void noticesAnEmulatorKilledInMidRun() throws Exception {
        QemuTarget.Observer killer =
                (process, region) ->
                        Thread.ofVirtual()
                                .start(() -> {
                                    try {
                                        KernelFixture.awaitHeartbeat(process, region);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    process.destroyForcibly();
                                });
        BootOutcome.Failed failed =
                failed(target(image, "test=hang@2", killer).boot(plan, 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(Failure.DIED);
        assertThat(failed.detail())
                .matches(
                        "exit status 137, kernel state RUNNING, \\d of 35 points done, the next is .*");
    }

    @ParameterizedTest
    @CsvSource({
        "4100, CORRUPT", // inside the first record
        "4104, CORRUPT", // its checksum
        "0, CORRUPT", // the header's magic
        "8, CORRUPT", // the version
        "56, CORRUPT" // which plan was carried out
    })
    void noticesACorruptSharedFile(int offset, Failure expected) throws Exception {
        AtomicReference<ByteBuffer> shared = new AtomicReference<>();
        QemuTarget.Observer observer =
                (process, region) -> {
                    shared.set(region);
                    Thread.ofVirtual().start(() -> corruptAtTheEnd(process, region, offset));
                };
        BootOutcome.Failed failed =
                failed(target(image, "", observer).boot(plan, 0, Target.Progress.none()));

        assertThat(shared.get()).isNotNull();
        assertThat(failed.failure()).isEqualTo(expected);
        assertThat(failed.detail()).contains("at offset");
    }

    /**
     * Keeps flipping until the emulator has ended, so that the guest cannot write the byte back
     * unnoticed.
     */
    private static void corruptAtTheEnd(ProcessHandle process, ByteBuffer region, int offset) {
        byte original = 0;
        while (process.isAlive()) {
            if (region.getLong(ProbeLayout.WRITTEN) > 0) {
                original = original == 0 ? region.get(offset) : original;
                region.put(offset, (byte) (original ^ 0x55));
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void namesAMissingEmulator() throws Exception {
        QemuTarget target =
                new QemuTarget(
                        "/nonexistent/qemu",
                        image,
                        1,
                        KernelFixture.IMPATIENT,
                        List.of(),
                        (_, _) -> {});
        BootOutcome.Failed failed = failed(target.boot(plan, 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(Failure.MISSING);
        assertThat(failed.detail()).contains("/nonexistent/qemu");
    }

    @Test
    void namesAMissingImage(@TempDir Path folder) throws Exception {
        KernelImage gone = new KernelImage(folder.resolve("gone.elf"), "", image.build());
        BootOutcome.Failed failed = failed(target(gone, "").boot(plan, 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(Failure.MISSING);
        assertThat(failed.detail()).endsWith("gone.elf");
    }

    @Test
    void passesOnWhatTheEmulatorComplainsOf() throws Exception {
        QemuTarget target =
                new QemuTarget(
                        "qemu-system-x86_64",
                        image,
                        1,
                        KernelFixture.IMPATIENT,
                        List.of("-nonsense"),
                        (_, _) -> {});
        BootOutcome.Failed failed = failed(target.boot(plan, 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(Failure.DIED);
        assertThat(failed.detail()).contains("nonsense");
    }

    @Test
    void refusesAPlanThatNeedsTooMuchMemory() throws Exception {
        Plan huge =
                GridPlanner.plan(
                        KernelFixture.catalogue(target(image, "")),
                        new Effort(10_000_000, 0, 5, 1),
                        1);
        BootOutcome.Failed failed = failed(target(image, "").boot(huge, 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(Failure.NO_ROOM);
        assertThat(failed.detail()).contains("ask for fewer samples");
    }
}
