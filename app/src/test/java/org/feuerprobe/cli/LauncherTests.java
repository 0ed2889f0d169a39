package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.harness.TestRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a user has it: another folder, a link, Ctrl-C, no emulator. */
@Tag("boots")
class LauncherTests {
    private static final Path PROJECT = Path.of("").toAbsolutePath();

    @TempDir private Path folder;

    private Path launcher = PROJECT;

    /**
     * A copy of the project's outside: real launcher, kernel and bounds, a class path that names
     * the classes under test.
     */
    @BeforeEach
    void layOut() throws Exception {
        Path home = folder.resolve("home with space");
        Files.createDirectories(home.resolve("scripts"));
        Files.createDirectories(home.resolve("build"));
        launcher = Files.copy(PROJECT.resolve("feuerprobe"), home.resolve("feuerprobe"));
        Files.copy(PROJECT.resolve("scripts/find-jdk"), home.resolve("scripts/find-jdk"));
        Files.createSymbolicLink(home.resolve("exokernel"), PROJECT.resolve("exokernel"));
        Files.createSymbolicLink(home.resolve("bounds"), PROJECT.resolve("bounds"));
        Files.createSymbolicLink(home.resolve("plugin"), PROJECT.resolve("plugin"));
        Files.writeString(
                home.resolve("build/classpath"), System.getProperty("java.class.path") + "\n");
    }

    @Test
    void startsThroughALinkFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("fp"), launcher);
        Process process = start(List.of(link.toString(), "validate", "--help"), "");

        assertThat(finish(process)).isZero();
        assertThat(
                        new String(
                                process.getInputStream().readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("Usage: feuerprobe validate");
    }

    @Test
    void namesTheJdkThatIsMissing() throws Exception {
        Path noJdk = folder.resolve("home with space/scripts/find-jdk");
        Files.writeString(noJdk, Files.readString(noJdk).replaceFirst("wanted=25", "wanted=99"));
        Process process = start(List.of(launcher.toString(), "--version"), "");

        assertThat(finish(process)).isEqualTo(3);
        assertThat(
                        new String(
                                process.getErrorStream().readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("feuerprobe: no JDK 99 found: install one");
    }

    /** A JDK that tells what the launcher found out of the terminal, in the real one's place. */
    @Test
    void tellsTheWidthOfItsTerminalAndNoneOfAPipe() throws Exception {
        Path java = folder.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(
                java, "#!/bin/sh\necho \"tty=$FEUERPROBE_TTY columns=$FEUERPROBE_COLUMNS.\"\n");
        Path finder = folder.resolve("home with space/scripts/find-jdk");
        Files.writeString(finder, "#!/bin/sh\necho '" + folder.resolve("jdk") + "'\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        assumeTrue(
                finish(start(List.of("script", "-qec", "true", "/dev/null"), "")) == 0,
                "there is no terminal here, or no program script");
        Process terminal =
                start(
                        List.of(
                                "script",
                                "-qec",
                                "stty cols 83; '" + launcher + "' doctor",
                                "/dev/null"),
                        "");
        Process pipe = start(List.of(launcher.toString(), "doctor"), "");

        assertThat(finish(terminal)).isZero();
        assertThat(finish(pipe)).isZero();
        assertThat(text(terminal)).contains("tty=oe columns=83.");
        assertThat(text(pipe)).contains("tty= columns=.");
    }

    private static String text(Process process) throws IOException {
        return new String(
                process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void aGuestThatWasNotFetchedIsLeftOutAndSaid() throws Exception {
        Process together =
                start(
                        List.of(
                                launcher.toString(),
                                "bench",
                                "--quick",
                                "--target",
                                "qemu,linux-guest",
                                "--only",
                                "cap_table_lookup/sequential"),
                        "");
        Process alone = start(List.of(launcher.toString(), "bench", "--target", "linux-guest"), "");

        assertThat(finish(together)).isZero();
        assertThat(text(together)).contains("cap_table_lookup/sequential");
        assertThat(
                        new String(
                                together.getErrorStream().readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .contains("linux-guest is skipped: it is not here yet, run make peers");
        assertThat(finish(alone)).isEqualTo(3);
        assertThat(
                        new String(
                                alone.getErrorStream().readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .contains("the Linux guest is not here yet: run make peers");
    }

    @Test
    void controlCLeavesNothingBehind() throws Exception {
        Path out = folder.resolve("interrupted");
        Process process =
                start(
                        List.of(
                                "env", // where tests run in the background, SIGINT is ignored
                                "--default-signal=INT",
                                launcher.toString(),
                                "validate",
                                "--out",
                                out.toString(),
                                "--append",
                                "test=hang@5"),
                        "");
        ProcessHandle emulator = awaitEmulator(process);
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(finish(process)).isEqualTo(130);
        emulator.onExit().get();
        assertThat(emulator.isAlive()).isFalse();
        assertThat(out).doesNotExist();
        try (var left = Files.list(folder)) {
            assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("partial"));
        }
    }

    /** A kernel that hangs, of a commit built in a worktree: both are gone afterwards. */
    @Test
    void controlCInBisectLeavesNoEmulatorAndNoWorktree() throws Exception {
        TestRepository history = TestRepository.init(folder.resolve("history"));
        history.copyKernel();
        String commit = history.commit("one");
        List<String> command =
                List.of(
                        launcher.toString(),
                        "bisect",
                        commit,
                        commit,
                        "--bound",
                        "cap_table_alloc/target",
                        "--repository",
                        history.folder().toString());
        interruptAndLookAround(command, history);
    }

    /** The same of the commit that another kernel is compared with. */
    @Test
    void controlCInAgainstLeavesNoEmulatorAndNoWorktree() throws Exception {
        Path home = launcher.resolveSibling(".").normalize();
        Files.delete(home.resolve("exokernel"));
        TestRepository history = TestRepository.init(home);
        history.copyKernel();
        history.commit("one");
        Path out = folder.resolve("against");
        List<String> command =
                List.of(
                        launcher.toString(),
                        "validate",
                        "--against",
                        "HEAD",
                        "--only",
                        "cap_table_alloc",
                        "--out",
                        out.toString());
        interruptAndLookAround(command, history);
        assertThat(out).doesNotExist();
    }

    private void interruptAndLookAround(List<String> command, TestRepository history)
            throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> whole = new ArrayList<>(List.of("env", "--default-signal=INT"));
        whole.add("JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + temporary);
        whole.addAll(command);
        whole.addAll(List.of("--append", "test=hang@5"));
        Process process = start(whole, "");
        awaitEmulator(process);
        List<ProcessHandle> running = emulators(process);
        assertThat(running).isNotEmpty();
        assertThat(history.git("worktree", "list").lines()).hasSize(2);
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(finish(process)).isEqualTo(130);
        for (ProcessHandle emulator : running) {
            emulator.onExit().get();
            assertThat(emulator.isAlive()).isFalse();
        }
        assertThat(history.git("worktree", "list").lines()).hasSize(1);
        try (var left = Files.list(temporary)) {
            assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("commit"));
        }
    }

    @Test
    void theEmulatorDiesWithItsMaster() throws Exception {
        Process process =
                start(
                        List.of(launcher.toString(), "bench", "--quick", "--append", "test=hang@5"),
                        "");
        ProcessHandle emulator = awaitEmulator(process);
        process.destroyForcibly().waitFor();

        emulator.onExit().get();
        assertThat(emulator.isAlive()).isFalse();
    }

    @Test
    void namesTheEmulatorThatIsMissing() throws Exception {
        Process process =
                start(List.of(launcher.toString(), "bench", "--list"), "/nonexistent/qemu");

        assertThat(finish(process)).isEqualTo(3);
        assertThat(
                        new String(
                                process.getErrorStream().readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("feuerprobe: boot 0 failed: MISSING: no emulator '/nonexistent/qemu'");
    }

    private Process start(List<String> command, String emulator) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (!emulator.isEmpty()) {
            builder.environment().put("FEUERPROBE_QEMU", emulator);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static int finish(Process process) throws InterruptedException {
        process.waitFor();
        return process.exitValue();
    }

    /** The hanging boot's emulator: the one that is still there after a while. */
    private static ProcessHandle awaitEmulator(Process process)
            throws IOException, InterruptedException {
        while (process.isAlive()) { // kernels may have to be built first
            List<ProcessHandle> emulators = emulators(process);
            if (!emulators.isEmpty()) {
                Thread.sleep(1000);
                List<ProcessHandle> still = emulators(process);
                if (!still.isEmpty()) {
                    return still.getFirst();
                }
            }
            Thread.sleep(50);
        }
        String said =
                new String(
                        process.getErrorStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        throw new AssertionError("no emulator was started: " + said);
    }

    private static List<ProcessHandle> emulators(Process process) {
        return process.descendants()
                .filter(handle -> handle.info().command().orElse("").contains("qemu"))
                .toList();
    }
}
