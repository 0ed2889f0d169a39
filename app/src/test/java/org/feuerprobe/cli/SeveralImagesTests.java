package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.feuerprobe.guest.TinyKernel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernels that differ in one parameter of their build are one axis. */
class SeveralImagesTests {
    @TempDir private Path folder;

    @Test
    @Tag("boots")
    void aParameterOfTheBuildIsAParameterOfTheClaim() throws Exception {
        for (int slots : new int[] {8, 16, 32, 64, 128}) {
            TinyKernel.make(folder.resolve("k" + slots), "DEFINES=-DSLOTS=" + slots);
        }
        Path bounds =
                Files.writeString(
                        folder.resolve("bounds.yaml"),
                        """
                        schema: 1
                        subject: tiny
                        bounds:
                          - {id: sweep/linear, operation: sweep, claim: "O(SLOTS)", kind: proposed, source: {document: d, section: s}}
                          - {id: sweep/constant, operation: sweep, claim: "O(1)", kind: proposed, source: {document: d, section: s}}
                          - {id: sweep/crossings, operation: sweep, claim: "max <= 0 crossings", kind: proposed, source: {document: d, section: s}}
                          - {id: list_find/own, operation: list_find, claim: "O(n)", kind: proposed, source: {document: d, section: s}}
                          - {id: list_find/both, operation: list_find, claim: "O(SLOTS)", kind: proposed, source: {document: d, section: s}}
                        """);
        CapturedConsole console = new CapturedConsole();

        int status =
                validate(
                        console,
                        "SLOTS={8,16,32,64,128}:%s/k{SLOTS}/tiny.elf".formatted(folder),
                        bounds);

        assertThat(console.err() + console.out()).contains("SLOTS");
        assertThat(status).isEqualTo(1);
        assertThat(console.out())
                .containsPattern("linear .*HOLDS")
                .containsPattern("constant .*VIOLATED O\\(SLOTS\\)")
                .containsPattern("crossings .*HOLDS")
                .containsPattern("own .*HOLDS")
                .containsPattern("both .*VIOLATED O\\(n\\)");
    }

    private int validate(CapturedConsole console, String kernel, Path bounds) {
        return console.run(
                "validate",
                "--target",
                "image",
                "--kernel",
                kernel,
                "--bounds",
                bounds.toString(),
                "--all",
                "--out",
                folder.resolve("results").toString());
    }

    /** On RISC-V, the emulator's plugin counts most of what it counts on x86. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "riscv64 | riscv64-linux-gnu-gcc | qemu-system-riscv64 | HOLDS | a kernel for x86, booted in QEMU: on other processors the emulator's plugin does not count it",
                "arm | arm-linux-gnueabi-gcc | qemu-system-arm | NOT_MEASURABLE | a kernel for x86, RISC-V or AArch64, booted in QEMU: on 32-bit Arm the emulator's plugin does not count",
            })
    @Tag("boots")
    void whatThePluginDoesNotCountThereIsNotMeasurable(
            String processor, String compiler, String emulator, String crossings, String instead)
            throws Exception {
        assumeTrue(TinyKernel.has(compiler), "no " + compiler);
        assumeTrue(TinyKernel.has(emulator), "no " + emulator);
        Path image = TinyKernel.makeFor(processor, folder).file();
        Path bounds =
                Files.writeString(
                        folder.resolve("bounds.yaml"),
                        """
                        schema: 1
                        subject: tiny
                        bounds:
                          - {id: list_find/growth, operation: list_find, claim: O(n), kind: proposed, source: {document: d, section: s}}
                          - {id: list_find/crossings, operation: list_find, claim: max <= 0 crossings, kind: proposed, source: {document: d, section: s}}
                          - {id: list_find/masked, operation: list_find, claim: max <= 0 longest_masked, kind: proposed, source: {document: d, section: s}}
                        """);
        CapturedConsole console = new CapturedConsole();

        int status = validate(console, image.toString(), bounds);

        assertThat(console.err() + console.out())
                .containsPattern("list_find/growth .*HOLDS")
                .containsPattern("list_find/crossings .*" + crossings)
                .containsPattern("list_find/masked .*NOT_MEASURABLE");
        assertThat((console.err() + console.out()).replaceAll("\\s+", " ")).contains(instead);
        assertThat(status).isZero();
    }

    @Test
    @Tag("boots")
    void anImageThatFailsIsNamedByItsValue() throws Exception {
        TinyKernel.make(folder.resolve("k1"), "DEFINES=");
        TinyKernel.make(folder.resolve("k2"), "DEFINES=-DTRAP=16");
        CapturedConsole console = new CapturedConsole();

        int status =
                console.run(
                        "bench",
                        "--target",
                        "image",
                        "--kernel",
                        "V={1,2}:%s/k{V}/tiny.elf".formatted(folder));

        assertThat(status).isEqualTo(3);
        assertThat(console.err()).contains("V=2: ", "what happened");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "N={1,x}:k{N} | 'x' is no whole number",
                "N={}:k{N} | '' is no whole number",
                "N={1,1}:k{N} | N=1 stands there twice",
                "N={1}:k{N} | one value is no axis: name the image itself",
                "N={1,2}:k{M} | the image's name lacks {N}",
            })
    void aWrongAxisIsRefused(String kernel, String why) {
        CapturedConsole console = new CapturedConsole();

        assertThat(console.run("bench", "--target", "image", "--kernel", kernel)).isEqualTo(2);
        assertThat(console.err())
                .contains(
                        "--kernel %s: %s; an example is NPROC={64,128}:k-{NPROC}.elf"
                                .formatted(kernel, why));
    }

    @Test
    void aMissingImageIsNamed() {
        CapturedConsole console = new CapturedConsole();
        String kernel = "N={1,2}:%s/k{N}.elf".formatted(folder);

        assertThat(console.run("bench", "--target", "image", "--kernel", kernel)).isEqualTo(2);
        assertThat(console.err()).contains("no kernel image at %s/k1.elf".formatted(folder));
    }
}
