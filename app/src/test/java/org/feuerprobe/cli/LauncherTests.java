package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.feuerprobe.harness.TestRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        Files.createSymbolicLink(home.resolve("anchors"), PROJECT.resolve("anchors"));
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

    private static String errors(Process process) throws IOException {
        return new String(
                process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private Process shell(String command) throws IOException {
        return start(List.of("sh", "-c", command, "sh", launcher.toString()), "");
    }

    /** A job of cron and many a container set no locale. */
    @ParameterizedTest
    @ValueSource(strings = {"", "LC_ALL=C", "LC_ALL=POSIX", "LANG=C", "LC_CTYPE=C"})
    void readsAFileOfAnyNameWithoutALocale(String locale) throws Exception {
        Process process =
                shell(
                        "d=$(printf '\\303\\274') && mkdir \"$d\" && printf 'n,ns\\n1,5\\n2,5\\n4,5\\n8,5\\n16,5\\n' >\"$d/$d.csv\""
                                + " && exec env -i PATH=/usr/bin:/bin JAVA_HOME=\"$JAVA_HOME\" "
                                + locale
                                + " \"$1\" check \"$d/$d.csv\" --bound 'O(1)'");

        assertThat(finish(process)).as(errors(process)).isZero();
        assertThat(text(process)).contains("HOLDS");
    }

    /** Java itself ends with 1, which would say that a bound is violated. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "JAVA_TOOL_OPTIONS=-Xmx1z",
                "JAVA_TOOL_OPTIONS='-Xms8g -Xmx1m'",
                "JAVA_TOOL_OPTIONS=-XX:NoSuchOption"
            })
    void aJavaThatCannotStartIsAFailureOfTheTarget(String setting) throws Exception {
        Process process = shell(setting + " \"$1\" --version");
        String said = errors(process);
        assertThat(finish(process)).as(said).isEqualTo(3);
        assertThat(said)
                .contains(
                        "feuerprobe: Java failed (status 1, its message is above): look at the memory limit (ulimit -v), JAVA_TOOL_OPTIONS and the files in ");
    }

    @Test
    void damagedClassesAreAFailureOfTheTarget() throws Exception {
        Files.writeString(launcher.resolveSibling("build/classpath"), "/nonexistent.jar\n");
        Process process = shell("\"$1\" --version");
        String said = errors(process);
        assertThat(finish(process)).as(said).isEqualTo(3);
        assertThat(said).contains("feuerprobe: Java failed (status 1");
    }

    @Test
    void everyOtherStatusIsTheProgramsOwn() throws Exception {
        assertThat(finish(shell("\"$1\" --version"))).isZero();
        assertThat(finish(shell("\"$1\" no-such-command"))).isEqualTo(2);
        String malformed = "'{\"bound\":\"O(1)\",\"points\":[{\"n\":1}]}'";
        Process check = shell("echo " + malformed + " | \"$1\" check");
        assertThat(text(check)).startsWith("line 1: ");
        assertThat(finish(check)).isEqualTo(2);
        Path rises = folder.resolve("rises.csv");
        Files.writeString(rises, "commit,ns\n" + "a,10\n".repeat(20) + "b,20\n".repeat(4));
        Process gate = shell("\"$1\" gate --import csv '" + rises + "'");
        assertThat(text(gate)).contains("regression");
        assertThat(finish(gate)).isEqualTo(1);
    }

    static Stream<String> commands() {
        return Main.commandNames().stream();
    }

    /** A result that nobody gets is no success, whatever the command. */
    @ParameterizedTest
    @MethodSource("commands")
    void aFullOrClosedOutputIsReported(String command) throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
        Process full = shell("\"$1\" " + command + " --help >/dev/full");
        assertThat(errors(full))
                .isEqualTo(
                        "feuerprobe: standard output: No space left on device: the result is incomplete\n");
        assertThat(finish(full)).isEqualTo(3);
        Process closed = shell("\"$1\" " + command + " --help >&-");
        assertThat(errors(closed))
                .isEqualTo(
                        "feuerprobe: standard output is closed, so the result cannot be shown\n");
        assertThat(finish(closed)).isEqualTo(3);
    }

    /** Java cannot start there, and says nothing. */
    @Test
    void aRemovedFolderIsReported() throws Exception {
        Process process =
                shell(
                        "d=$(mktemp -d) && cd \"$d\" && rmdir \"$d\" && \"$1\" --version 2>&1; echo status $?");
        assertThat(text(process))
                .endsWith(
                        "feuerprobe: the current folder was removed: change to another folder\nstatus 3\n");
    }

    /** The reader is gone before the program writes. */
    @Test
    void aPipeThatItsReaderClosedIsReported() throws Exception {
        Process process =
                shell("{ sleep 1; \"$1\" doctor --help; echo \"status $?\" >&2; } | true");
        assertThat(errors(process))
                .isEqualTo(
                        "feuerprobe: standard output: Broken pipe: the result is incomplete\nstatus 3\n");
        assertThat(finish(process)).isZero();
    }

    @Test
    void anEndlessInputEndsWithTheReaderOfTheOutput() throws Exception {
        String line = "{\"bound\":\"O(1)\",\"points\":[]}";
        Process process = shell("yes '" + line + "' | \"$1\" check 2>/dev/null | head -n 1");
        assertThat(text(process)).startsWith("line 1: ");
        assertThat(finish(process)).isZero();
    }

    @Test
    void closedInputAndErrorsAreNothing() throws Exception {
        assertThat(finish(shell("\"$1\" --version <&- 2>&-"))).isZero();
        Process empty = shell("\"$1\" check <&-");
        assertThat(errors(empty)).contains("empty: there is nothing to decide");
        assertThat(finish(empty)).isEqualTo(2);
    }

    /** Words of a file that the caller can read must not stand in an error. */
    @Test
    void anArgumentWithAnAtSignIsNoFile() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "--pass hunter2\n");
        for (String command : List.of("", "check ", "validate ", "gate ", "archive ")) {
            Process process = shell("\"$1\" " + command + "'@" + secret + "'");
            String said = errors(process);
            assertThat(finish(process)).as(said).isEqualTo(2);
            assertThat(said).doesNotContain("--pass", "hunter2");
        }
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
