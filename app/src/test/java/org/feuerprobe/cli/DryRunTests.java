package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.feuerprobe.guest.TinyKernel;
import org.feuerprobe.json.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --dry-run} prints how a kernel is booted, and the manifest keeps it. */
class DryRunTests {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bench", "validate"})
    @Tag("boots")
    void ourKernelsCommandHasPlaceholdersForTheBootsOwnFiles(String command) {
        CapturedConsole console = new CapturedConsole();

        assertThat(console.run(command, "--target", "qemu", "--dry-run")).isZero();
        assertThat(console.out())
                .startsWith("qemu-system-x86_64 -nodefaults ")
                .contains(" -icount shift=0,sleep=off ", "mem-path=MEMORY", " -initrd PLAN")
                .hasLineCount(1);
    }

    /** A person can type it: a shell boots the kernel by it, and the probe speaks. */
    @Test
    @Tag("boots")
    void aForeignKernelBootsByThePrintedCommand() throws Exception {
        Path image =
                Files.copy(
                        TinyKernel.make(folder.resolve("tiny"), "DEFINES=-DEXIT").file(),
                        folder.resolve("a tiny one.elf"));
        CapturedConsole console = new CapturedConsole();
        assertThat(
                        console.run(
                                "bench",
                                "--target",
                                "image",
                                "--kernel",
                                image.toString(),
                                "--dry-run"))
                .isZero();
        assertThat(console.out()).contains("'" + image + "'").hasLineCount(1);

        Path said = folder.resolve("said");
        new ProcessBuilder("sh", "-c", "timeout 60 " + console.out())
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        assertThat(said).content().contains("#fp-state");

        Path results = folder.resolve("results");
        CapturedConsole measured = new CapturedConsole();
        measured.run(
                "validate",
                "--quick",
                "--target",
                "image",
                "--kernel",
                image.toString(),
                "--bounds",
                bounds().toString(),
                "--out",
                results.toString());
        Json manifest = Json.parse(Files.readString(results.resolve("manifest.json")));
        assertThat(manifest.at("options").prose("boot") + "\n").isEqualTo(console.out());
    }

    private Path bounds() throws Exception {
        return Files.writeString(
                folder.resolve("bounds.yaml"),
                """
                schema: 1
                subject: tiny
                bounds:
                  - {id: list_find/d, operation: list_find, claim: O(n), kind: proposed, source: {document: d, section: s}}
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "linux", "linux-guest"})
    void aTargetThatBootsNoKernelOfYoursSaysSo(String target) {
        CapturedConsole console = new CapturedConsole();

        assertThat(console.run("bench", "--target", target, "--dry-run")).isEqualTo(2);
        assertThat(console.err())
                .contains(
                        "--dry-run shows how target qemu or image boots a kernel: target %s boots none of yours"
                                .formatted(target));
    }

    @Test
    void anImageMustBeNamed() {
        CapturedConsole console = new CapturedConsole();

        assertThat(console.run("bench", "--target", "image", "--dry-run")).isEqualTo(2);
        assertThat(console.err()).contains("--dry-run shows how --kernel FILE is booted: name one");
    }
}
