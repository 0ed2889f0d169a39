package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.probe.RegionCounts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stranger's kernel that shares no code with ours and has a serial line only. */
@Tag("boots")
class SerialTargetTests {
    private static final QemuLimits LIMITS =
            new QemuLimits(Duration.ofSeconds(5), Duration.ofSeconds(60), 1 << 20);

    @TempDir static Path folder;

    private static KernelImage tiny;
    private static KernelImage broken;

    @BeforeAll
    static void build() throws Exception {
        tiny = make("whole", "DEFINES=");
        broken = make("broken", "DEFINES=-DBREAK=true -DEXIT");
    }

    private static KernelImage make(String name, String defines) throws Exception {
        return TinyKernel.make(folder.resolve(name), defines);
    }

    private static SerialTarget target(KernelImage image) throws IOException {
        return new SerialTarget(
                "image",
                "instructions",
                SerialSources.emulated(
                        Machine.MICROVM, "qemu-system-x86_64", image, List.of(), Optional.empty()),
                LIMITS);
    }

    /** With the emulator's plugin beside it. */
    private static SerialTarget counted(String plugin) throws Exception {
        CacheModel model =
                plugin.isEmpty()
                        ? CacheModel.build(Path.of("plugin"), CacheGeometry.ASSUMED)
                        : new CacheModel(Path.of(plugin), CacheGeometry.ASSUMED);
        return new SerialTarget(
                "image",
                "instructions",
                SerialSources.emulated(
                        Machine.MICROVM, "qemu-system-x86_64", tiny, List.of(), Optional.of(model)),
                LIMITS);
    }

    private static ProbeRun run(SerialTarget target, Plan plan) throws Exception {
        return KernelFixture.completed(target.boot(plan, 0, Target.Progress.none())).run();
    }

    private static Plan plan(SerialTarget target) throws Exception {
        return target.adapt(
                GridPlanner.plan(run(target, Plan.catalogue()).benchmarks(), Effort.QUICK, 1));
    }

    /** The marks come with the two files: a stranger's kernel is counted as ours is. */
    @Test
    void thePluginCountsWhatTheClockCounts() throws Exception {
        SerialTarget target = counted("");
        Plan all = plan(target);
        Plan last = new Plan(1, List.of(all.entries().getLast(), all.entries().getFirst()));
        BootOutcome.Completed boot =
                KernelFixture.completed(target.boot(last, 0, Target.Progress.none()));
        RegionCounts counts = boot.counts().orElseThrow();

        assertThat(counts.entries()).isEqualTo(2);
        for (int entry = 0; entry < 2; entry++) {
            Map<Integer, long[]> streams = boot.run().entries().get(entry).streams();
            long[] operation =
                    counts.values(entry, Counter.INSTRUCTIONS, 0, 2, 32, 1).orElseThrow();
            long[] twin = counts.values(entry, Counter.INSTRUCTIONS, 1, 2, 32, 1).orElseThrow();
            for (int i = 0; i < 32; i++) {
                assertThat(operation[i] - twin[i])
                        .isEqualTo(
                                streams.getOrDefault(0, new long[32])[i]
                                        - streams.getOrDefault(1, new long[32])[i]);
            }
            assertThat(operation[0]).isGreaterThan(twin[0]);
        }
    }

    @Test
    void aPluginThatIsNotThereIsNamed() throws Exception {
        BootOutcome.Failed failed =
                KernelFixture.failed(
                        counted("/nowhere/plugin.so")
                                .boot(Plan.catalogue(), 0, Target.Progress.none()));

        assertThat(failed.detail()).contains("/nowhere/plugin.so");
    }

    @Test
    void measuresAllThatTheKernelOffersAtItsOwnPoints() throws Exception {
        SerialTarget target = target(tiny);
        Plan plan = plan(target);
        ProbeRun run = run(target, plan);

        assertThat(run.kernel().name()).isEqualTo("tiny");
        assertThat(plan.entries()).hasSize(9 + 1 + 1);
        assertThat(run.entries()).hasSize(11).allMatch(ProbeRun.Entry::verified);
        long[] short_ = run.entries().get(0).streams().get(0);
        long[] long_ = run.entries().get(8).streams().get(0);
        assertThat(Arrays.stream(long_).min().orElseThrow())
                .isGreaterThan(100 * Arrays.stream(short_).min().orElseThrow() / 5);
    }

    @Test
    void twoBootsCountTheSame() throws Exception {
        SerialTarget target = target(tiny);
        Plan plan = plan(target);
        ProbeRun first = run(target, plan);
        ProbeRun second = run(target, plan);

        for (int i = 0; i < plan.entries().size(); i++) {
            assertThat(second.entries().get(i).streams().get(0))
                    .isEqualTo(first.entries().get(i).streams().get(0));
        }
    }

    @Test
    void anEffectThatIsMissingLeavesNoSamples() throws Exception {
        SerialTarget target = target(broken);
        Plan plan = plan(target);
        ProbeRun.Entry last = run(target, plan).entries().getLast();

        assertThat(last.verified()).isFalse();
        assertThat(last.streams()).isEmpty();
        assertThat(last.result().message()).isEqualTo("the effect is missing");
    }

    /** What the panic handler was told, and what the kernel was at. */
    @Test
    void aPanicIsToldWhole() throws Exception {
        BootOutcome.Failed failed =
                KernelFixture.failed(
                        target(make("trap", "DEFINES=-DTRAP=32"))
                                .boot(Plan.catalogue(), 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(BootOutcome.Failure.PANIC);
        assertThat(failed.detail())
                .isEqualTo(
                        "what happened (cpu 0, code 14, pc 0x1234, address 0xdead); 3 of 11 points done, the next is find/last n=32");
    }

    /** Each failure names the point that the kernel had begun, and says what it is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hang | -DHANG=32 | HANG | 'no line for 2 s, 3 of 11 points done, the next is find/last n=32'",
                "reset | -DRESET=64 | RESET | 'exit status 0, kernel state RUNNING, 4 of 11 points done, the next is find/last n=64'"
            })
    void namesThePointOfAFailure(
            String name, String define, BootOutcome.Failure failure, String detail)
            throws Exception {
        QemuLimits soon = new QemuLimits(Duration.ofSeconds(2), Duration.ofSeconds(60), 1 << 20);
        BootOutcome.Failed failed =
                KernelFixture.failed(
                        new SerialTarget(
                                        "image",
                                        "instructions",
                                        SerialSources.emulated(
                                                Machine.PC,
                                                "qemu-system-x86_64",
                                                make(name, "DEFINES=" + define),
                                                List.of(),
                                                Optional.empty()),
                                        soon)
                                .boot(Plan.catalogue(), 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(failure);
        assertThat(failed.detail()).isEqualTo(detail);
    }

    /** A kernel that still speaks when the time is over has not hung. */
    @Test
    void aSlowKernelHasNotHung() throws Exception {
        List<String> lines = Files.readAllLines(recorded(), StandardCharsets.ISO_8859_1);
        Path half = folder.resolve("half.log");
        Files.write(half, lines.subList(0, lines.size() / 2), StandardCharsets.ISO_8859_1);
        List<String> slow = List.of("sh", "-c", "cat \"$0\"; sleep 600", half.toString());
        QemuLimits soon = new QemuLimits(Duration.ofSeconds(60), Duration.ofSeconds(2), 1 << 20);
        BootOutcome.Failed failed =
                KernelFixture.failed(
                        new SerialTarget(
                                        "image", "cycles", SerialSources.program(slow, false), soon)
                                .boot(Plan.catalogue(), 0, Target.Progress.none()));

        assertThat(failed.failure()).isEqualTo(BootOutcome.Failure.TIME_LIMIT);
        assertThat(failed.detail())
                .startsWith("not complete after 2 s, ")
                .contains(" of 11 points done, the next is ")
                .endsWith("; raise --boot-limit");
    }

    /** Before all benchmarks are known, so is nothing of the points. */
    @Test
    void anEarlyPanicIsAtNoPoint() throws Exception {
        String one = Files.readString(recorded(), StandardCharsets.ISO_8859_1);
        String first = one.substring(0, one.indexOf("#fp 02000100", one.indexOf("#fp 02") + 1));
        Path log = folder.resolve("early-panic.log");
        Files.writeString(log, first + "#fp-panic 46505021" + "0".repeat(1016) + "\n");

        assertThat(failing(log).detail()).isEqualTo(" (cpu 0, code 0, pc 0x0, address 0x0)");
    }

    @Test
    void readsWhatWasRecorded() throws Exception {
        SerialTarget target =
                new SerialTarget("image", "cycles", SerialSources.file(recorded(), true), LIMITS);

        assertThat(run(target, plan(target)).entries()).hasSize(11);
        assertThat(target.exact()).isFalse();
    }

    /**
     * As docs/measure-your-kernel.md says: stty first, then each boot is one reset of the board.
     */
    @Test
    void readsATtyDeviceOfABoard() throws Exception {
        byte[] said = Files.readAllBytes(recorded());
        try (Pty board = new Pty()) {
            String device = board.device().toString();
            Process stty =
                    new ProcessBuilder("stty", "-F", device, "115200", "raw", "-echo").start();
            assertThat(stty.waitFor()).isZero();
            SerialTarget target =
                    new SerialTarget(
                            "image", "cycles", SerialSources.file(board.device(), true), LIMITS);
            byte[] rest = Arrays.copyOfRange(said, said.length / 2, said.length);
            Thread reset =
                    Thread.ofPlatform()
                            .start(() -> {
                                board.send(rest); // of what it was at before
                                board.send(said);
                            });
            ProbeRun run = run(target, Plan.catalogue());
            reset.join();

            assertThat(run.kernel().name()).isEqualTo("tiny");
            assertThat(run.benchmarks()).hasSize(3);
            assertThat(KernelImage.recorded(board.device()).sha256()).isEmpty();
        }
    }

    private static Path recorded() throws Exception {
        Path log = folder.resolve("board.log");
        if (Files.exists(log)) {
            return log;
        }
        return TinyKernel.record(make("recorded", "DEFINES=-DEXIT"), log);
    }

    @Test
    void saysWhenNothingOfTheProbeIsThere() throws Exception {
        Path log = folder.resolve("silence.log");
        Files.writeString(log, "hello\nworld\n");

        BootOutcome.Failed failed = failing(log);
        assertThat(failed.failure()).isEqualTo(BootOutcome.Failure.MISSING);
        assertThat(failed.detail())
                .contains("no probe output on the serial line")
                .contains("docs/measure-your-kernel.md");
        assertThat(failed.log()).isEqualTo("hello\nworld\n");
    }

    @Test
    void aCutLineIsCorrupt() throws Exception {
        Path log = folder.resolve("cut.log");
        Files.writeString(log, "#fp-state 2 0 0 0 0 1\n#fp 0100010030\n", StandardCharsets.UTF_8);

        assertThat(failing(log).failure()).isEqualTo(BootOutcome.Failure.CORRUPT);
    }

    @Test
    void aRunThatEndsEarlyDied() throws Exception {
        Path log = folder.resolve("early.log");
        Files.writeString(log, "#fp-state 2 0 0 0 0 1\n", StandardCharsets.UTF_8);

        assertThat(failing(log).failure()).isEqualTo(BootOutcome.Failure.DIED);
        assertThat(failing(log).detail()).isEqualTo("the line ended, kernel state RUNNING");
    }

    @Test
    void noiseIsToldAsNoise() throws Exception {
        byte[] noise = new byte[4000];
        new Random(1).nextBytes(noise);
        Path log = Files.write(folder.resolve("noise.log"), noise);

        assertThat(failing(log).detail())
                .contains("the input is not text: is the speed right?: see docs/");
    }

    @Test
    void namesTheLineThatWasChangedOnTheWay() throws Exception {
        byte[] said = Files.readAllBytes(recorded());
        said[5000] = '?';
        Path log = Files.write(folder.resolve("changed.log"), said);

        assertThat(failing(log).detail())
                .matches(
                        "line \\d+ of the serial line: not hexadecimal: bytes were lost or changed on the line");
    }

    @Test
    void aRecordingIsAsManyBootsAsTheKernelBegan() throws Exception {
        byte[] one = Files.readAllBytes(recorded());
        ByteArrayOutputStream three = new ByteArrayOutputStream();
        three.write(one, one.length / 2, one.length - one.length / 2); // recorded from its middle
        three.write(one);
        three.write("booting\r\n".getBytes(StandardCharsets.US_ASCII));
        three.write(one);
        three.write(one, 0, one.length / 2); // and the recording stopped
        Path log = Files.write(folder.resolve("three.log"), three.toByteArray());
        SerialTarget target =
                new SerialTarget("image", "bytes", SerialSources.file(log, false), LIMITS);

        assertThat(target.distinctBoots()).isEqualTo(2);
        assertThat(
                        new SerialTarget("", "", SerialSources.file(recorded(), false), LIMITS)
                                .distinctBoots())
                .isEqualTo(1);
        for (int boot = 0; boot < 3; boot++) {
            assertThat(
                            KernelFixture.completed(
                                            target.boot(
                                                    Plan.catalogue(), boot, Target.Progress.none()))
                                    .run()
                                    .benchmarks())
                    .hasSize(3);
        }
    }

    /** Counts may repeat from boot to boot, and time cannot. */
    @Test
    void aCopyOfABootIsABootOnlyWhereCountsMayRepeat() throws Exception {
        String one = Files.readString(recorded(), StandardCharsets.ISO_8859_1);
        String other = one.replaceFirst("(?m)^(#fp 03000100.*)..$", "$1ff");
        String copies = "booting\n" + one + "another day\r\n" + one.replace("\n", "\r\n");
        Path log = folder.resolve("copies.log");
        Files.writeString(log, copies + one, StandardCharsets.ISO_8859_1);

        assertThat(SerialSources.file(log, false).boots()).isEqualTo(3);
        assertThat(SerialSources.file(log, false).notice()).isEmpty();
        assertThat(SerialSources.file(log, true).boots()).isEqualTo(1);
        assertThat(SerialSources.file(log, true).notice())
                .startsWith("boots 2, 3 of the recording have the same values as earlier ones");
        Files.writeString(log, one + other + other, StandardCharsets.ISO_8859_1);
        assertThat(SerialSources.file(log, true).boots()).isEqualTo(2);
        assertThat(SerialSources.file(log, true).notice())
                .startsWith("boot 3 of the recording has the same values as an earlier one");
    }

    @Test
    void namesTheRecordingsLineNotTheBoots() throws Exception {
        byte[] one = Files.readAllBytes(recorded());
        long lines = new String(one, StandardCharsets.ISO_8859_1).lines().count();
        byte[] changed = one.clone();
        changed[5000] = '?';
        String before = new String(one, 0, 5000, StandardCharsets.ISO_8859_1);
        long within = before.chars().filter(c -> c == '\n').count() + 1;
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write("power on\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        two.write(one);
        two.write(changed);
        Path log = Files.write(folder.resolve("second.log"), two.toByteArray());
        SerialTarget target =
                new SerialTarget("image", "cycles", SerialSources.file(log, true), LIMITS);

        assertThat(target.distinctBoots()).isEqualTo(2);
        assertThat(
                        KernelFixture.failed(
                                        target.boot(Plan.catalogue(), 2, Target.Progress.none()))
                                .detail())
                .startsWith(
                        "line %d of the serial line: not hexadecimal"
                                .formatted(2 + lines + within));
    }

    @Test
    void aBootThatPanickedInARecordingIsNotPassedOver() throws Exception {
        String one = Files.readString(recorded(), StandardCharsets.ISO_8859_1);
        String half = one.substring(0, one.indexOf("#fp ", one.length() / 2));
        Path log = folder.resolve("panicked.log");
        Files.writeString(log, one + half + "#fp-state 4 0 0 0 0 11\n");
        SerialTarget target =
                new SerialTarget("image", "cycles", SerialSources.file(log, true), LIMITS);

        assertThat(target.distinctBoots()).isEqualTo(2);
        assertThat(
                        KernelFixture.failed(
                                        target.boot(Plan.catalogue(), 2, Target.Progress.none()))
                                .failure())
                .isEqualTo(BootOutcome.Failure.DIED);
    }

    private static BootOutcome.Failed failing(Path log) throws Exception {
        return KernelFixture.failed(
                new SerialTarget("image", "ticks", SerialSources.file(log, true), LIMITS)
                        .boot(Plan.catalogue(), 0, Target.Progress.none()));
    }

    @Test
    void theFilesToCopyAreShort() throws Exception {
        Path probe = Path.of("probe/serial");
        assertThat(
                        Files.readAllLines(probe.resolve("feuerprobe.h")).size()
                                + Files.readAllLines(probe.resolve("feuerprobe.c")).size())
                .isLessThan(450);
    }
}
