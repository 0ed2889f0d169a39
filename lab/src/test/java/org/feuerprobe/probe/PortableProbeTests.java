package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Can the probe for serial lines be copied into a kernel of any machine? It must compile without
 * the compiler's headers and need no function that a kernel may not have.
 */
@Tag("slow")
final class PortableProbeTests {
    private static final Path PROBE = Path.of("probe/serial");

    @ParameterizedTest
    @CsvSource({
        "gcc -m64, nm",
        "gcc -m32, nm",
        "aarch64-linux-gnu-gcc, aarch64-linux-gnu-nm",
        "arm-linux-gnueabi-gcc -march=armv7-a, arm-linux-gnueabi-nm",
        "riscv64-linux-gnu-gcc, riscv64-linux-gnu-nm",
        "riscv64-linux-gnu-gcc -march=rv32imac -mabi=ilp32, riscv64-linux-gnu-nm",
        "clang --target=x86_64, llvm-nm",
        "clang --target=i386, llvm-nm",
        "clang --target=aarch64, llvm-nm",
        "clang --target=armv7a-none-eabi, llvm-nm",
        "clang --target=riscv64 -march=rv64gc, llvm-nm",
        "clang --target=riscv32 -march=rv32imac, llvm-nm",
    })
    void itNeedsNothingFromTheKernel(String compiler, String nm, @TempDir Path folder)
            throws IOException, InterruptedException {
        List<String> words = List.of(compiler.split(" "));
        assumeTrue(isThere(words.getFirst()), "there is no " + words.getFirst());
        assumeTrue(isThere(nm), "there is no " + nm);
        Path object = folder.resolve("feuerprobe.o");
        for (String level : List.of("-O0", "-O2", "-O3", "-Os")) {
            for (String clock : List.of("-DNO_SWITCH", "-DFP_COUNT_INSTRUCTIONS")) {
                List<String> command = new ArrayList<>(words);
                command.addAll(
                        List.of(
                                level,
                                clock,
                                "-std=c17",
                                "-Wall",
                                "-Wextra",
                                "-Werror",
                                "-nostdinc",
                                "-ffreestanding",
                                "-fno-pic",
                                "-fno-stack-protector",
                                "-c",
                                PROBE.resolve("feuerprobe.c").toString(),
                                "-o",
                                object.toString()));
                run(command);
                assertThat(run(List.of(nm, "-u", object.toString())))
                        .as("what %s %s %s needs", compiler, level, clock)
                        .isEmpty();
            }
        }
    }

    /** The probe of shared memory says which one to take on other processors. */
    @ParameterizedTest
    @CsvSource({"gcc -m32", "aarch64-linux-gnu-gcc", "riscv64-linux-gnu-gcc"})
    void theProbeOfSharedMemoryRefusesOtherProcessors(String compiler)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(compiler.split(" ")));
        assumeTrue(isThere(words.getFirst()), "there is no " + words.getFirst());
        words.addAll(List.of("-ffreestanding", "-fsyntax-only", "probe/feuerprobe.c"));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isNotZero();
        assertThat(said)
                .contains(
                        "#error \"a plan comes by PVH, on x86-64 only: copy the two files of probe/serial instead\"");
    }

    /** The types of a kernel may have the standard's names and other definitions. */
    @Test
    void itClashesWithNoTypeOfTheKernel(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(isThere("gcc"), "there is no gcc");
        Path source = folder.resolve("kernel.c");
        Files.writeString(
                source,
                """
                typedef unsigned char uint8_t;
                typedef unsigned int uint32_t;
                typedef unsigned long long uint64_t;
                typedef int bool;
                enum { false, true, KERNEL, SAMPLES };
                #include "feuerprobe.h"
                void bench(struct fp_run *run)
                {
                    while (fp_next(run)) {
                        uint64_t n = run->n;
                        FP_TIMED(run, n++);
                        fp_check(run, n == run->n + 1, "it did not count");
                    }
                }
                """);
        run(
                List.of(
                        "gcc",
                        "-std=gnu99",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-nostdinc",
                        "-I" + PROBE,
                        "-c",
                        source.toString(),
                        "-o",
                        folder.resolve("kernel.o").toString()));
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
