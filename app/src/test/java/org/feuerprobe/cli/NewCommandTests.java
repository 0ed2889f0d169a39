package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.feuerprobe.guest.Machine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does a new kernel boot at once, on every machine? */
class NewCommandTests {
    private final CapturedConsole console = new CapturedConsole();

    @TempDir private Path folder;

    private Path kernel() {
        return folder.resolve("mine");
    }

    /** The commands that were printed. */
    private List<String> next() {
        return console.out()
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
    }

    /** What is printed is typed as it stands. */
    @ParameterizedTest
    @EnumSource
    @Tag("boots")
    void aNewKernelBootsAndItsClaimIsDecided(Machine machine) throws Exception {
        assertThat(console.run("new", kernel().toString(), "--machine", machine.word())).isZero();
        List<String> next = new ArrayList<>(next());
        assumeTrue(!next.getFirst().startsWith("apt-get"), next.getFirst());

        assertThat(console.out())
                .startsWith(kernel() + " has a kernel for " + machine.word() + ".");
        assertThat(shell(next.removeFirst())).isEmpty();
        CapturedConsole validated = new CapturedConsole();
        assertThat(
                        validated.run(
                                Stream.concat(
                                                Pattern.compile(" ")
                                                        .splitAsStream(next.removeFirst())
                                                        .skip(1),
                                                Stream.of(
                                                        "--quick",
                                                        "--out",
                                                        folder.resolve("results").toString()))
                                        .toArray(String[]::new)))
                .isZero();
        assertThat(next).isEmpty();
        assertThat(validated.out())
                .containsPattern("✓ 1 HOLDS")
                .containsPattern("find +O\\(n\\) +HOLDS +\\d+ \\+ \\d+·n");
        assertThat(validated.err()).contains("two boots with seed 1 gave identical counts");
    }

    /** What the command prints, with errors; the command must succeed. */
    private String shell(String command) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", command + " >/dev/null")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Path theirs = Files.createDirectories(kernel()).resolve("kit.h");
        Files.writeString(theirs, "mine");

        assertThat(console.run("new", kernel().toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: %s exists already, and nothing is overwritten: name another folder\n"
                                .formatted(theirs));
        assertThat(theirs).hasContent("mine");
        try (Stream<Path> all = Files.list(kernel())) {
            assertThat(all).containsExactly(theirs);
        }
    }

    @Test
    void anUnknownMachineIsRefused() {
        assertThat(console.run("new", kernel().toString(), "--machine", "vax"))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: unknown machine 'vax', want: %s\n".formatted(Machine.words()));
        assertThat(kernel()).doesNotExist();
    }

    /** The templates of docs/ci name this kernel: as the root of its repository, and below one. */
    @ParameterizedTest
    @EnumSource
    void theCiFilesBuildAndMeasureThisKernel(Machine machine) throws Exception {
        for (Path repository : List.of(kernel(), folder)) {
            Files.createDirectories(repository.resolve(".git"));
            String inside = repository.equals(folder) ? "mine/" : "";
            if (!inside.isEmpty()) {
                Files.delete(kernel().resolve(".git"));
                shell("rm -r " + kernel());
            }
            assertThat(console.run("new", kernel().toString(), "--machine", machine.word()))
                    .isZero();
            String choice =
                    machine == Machine.PC || machine == Machine.Q35
                            ? " --machine " + machine.word()
                            : "";
            for (String file : List.of("github.yml", "gitlab.yml")) {
                assertThat(kernel().resolve("ci").resolve(file))
                        .content()
                        .containsPattern(
                                "apt-get install .*" + machine.debianPackage() + " make gcc")
                        .containsPattern(
                                "\n[ -]+" + (inside.isEmpty() ? "make" : "make -C mine") + "\n")
                        .contains(
                                ".feuerprobe/feuerprobe validate --target image --kernel %sbuild/kernel.elf%s --bounds %sbounds.yaml "
                                        .formatted(inside, choice, inside));
            }
        }
    }
}
