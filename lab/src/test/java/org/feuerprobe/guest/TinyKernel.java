package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The stranger's kernel of {@code lab/src/test/kernel}, built, and recorded as a board would be.
 */
public final class TinyKernel {
    private TinyKernel() {}

    /** Builds it in a folder; {@code defines} as its makefile wants them. */
    public static KernelImage make(Path out, String defines) throws Exception {
        Make.run("the tiny kernel", Path.of("lab/src/test/kernel"), List.of("OUT=" + out, defines));
        return KernelImage.read(out.resolve("tiny.elf"));
    }

    /** Whether this program is installed, which makes or boots it. */
    public static boolean has(String program) {
        return ProcessGuard.isThere(program);
    }

    /** Builds it for another processor: {@code riscv64}; needs a compiler for that. */
    public static KernelImage makeFor(String processor, Path out, String... variables)
            throws Exception {
        List<String> words = new ArrayList<>(List.of(variables));
        Path image = out.toAbsolutePath().resolve("tiny-%s.elf".formatted(processor));
        words.addAll(List.of("OUT=" + out.toAbsolutePath(), image.toString()));
        Make.run("the tiny kernel", Path.of("lab/src/test/kernel"), words);
        return KernelImage.readForeign(image);
    }

    /** Writes what one boot says to a file; the kernel has to end its boot (-DEXIT). */
    public static Path record(KernelImage image, Path log, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "qemu-system-x86_64",
                                "-nodefaults",
                                "-display",
                                "none",
                                "-no-reboot",
                                "-cpu",
                                "max",
                                "-m",
                                "64M",
                                "-machine",
                                "microvm,acpi=off",
                                "-device",
                                "isa-debug-exit,iobase=0xf4,iosize=4",
                                "-serial",
                                "file:" + log,
                                "-kernel",
                                image.file().toString()));
        command.addAll(List.of(more));
        assertThat(new ProcessBuilder(command).start().waitFor()).isEqualTo(33);
        return log;
    }
}
