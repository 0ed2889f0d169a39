package org.feuerprobe.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrebuiltTests {
    @TempDir Path home;
    private Path folder;

    @BeforeEach
    void aReleaseWithOneKernel() throws IOException {
        folder = Files.createDirectories(home.resolve("exokernel"));
        Files.createDirectories(home.resolve("probe/serial"));
        Files.writeString(home.resolve("probe/serial/probe.c"), "int probe;\n");
        Files.writeString(folder.resolve("Makefile"), "all:\n\t@echo made\n");
        Files.createDirectories(folder.resolve("build"));
        Files.writeString(
                folder.resolve("build/answers"),
                Prebuilt.checksum(folder)
                        + "\nprint-image\tbuild/default/kernel.elf\nprint-switches\tA=1\\nA=2\n\t\n");
    }

    @Test
    void givesTheRecordedAnswer() throws IOException {
        assertThat(Prebuilt.answer(folder, List.of("print-image")))
                .hasValue("build/default/kernel.elf");
        assertThat(Prebuilt.answer(folder, List.of("print-switches"))).hasValue("A=1\nA=2");
        assertThat(Prebuilt.answer(folder, List.of())).hasValue("");
        assertThat(Prebuilt.answer(folder, List.of("print-image", "A=2"))).isEmpty();
    }

    @Test
    void aChangedSourceIsBuiltAgain() throws Exception {
        Files.writeString(home.resolve("probe/serial/probe.c"), "int changed;\n");

        assertThat(Prebuilt.isIn(folder)).isFalse();
        assertThat(Prebuilt.answer(folder, List.of("print-image"))).isEmpty();
    }

    @Test
    void aNewSourceIsBuiltToo() throws IOException {
        Files.writeString(folder.resolve("new.c"), "");

        assertThat(Prebuilt.isIn(folder)).isFalse();
    }

    /** The script that makes a release computes it with find and sha256sum. */
    @Test
    void hasTheChecksumThatTheReleaseScriptComputes() throws Exception {
        Process shell =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "find . ../probe -path ./build -prune -o -type f -print | LC_ALL=C sort"
                                        + " | xargs sha256sum | sha256sum | cut -d' ' -f1")
                        .directory(folder.toFile())
                        .start();
        String sum = new String(shell.getInputStream().readAllBytes(), UTF_8).strip();

        assertThat(shell.waitFor()).isZero();
        assertThat(Prebuilt.checksum(folder)).isEqualTo(sum);
    }

    @Test
    void anUnknownVariantIsNamedWithoutACompiler() {
        assertThatThrownBy(() -> new KernelBuilder(folder).build(List.of("A=3")))
                .isInstanceOf(VariantException.class)
                .hasMessage("unknown variant A=3; known: A=1, A=2");
    }
}
