package org.feuerprobe.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.guest.CacheModel;
import org.feuerprobe.guest.KernelFixture;
import org.feuerprobe.guest.LibosBoot;
import org.feuerprobe.linux.LinuxArchive;
import org.feuerprobe.testbed.ChildProcess;
import org.feuerprobe.workload.Workload.Branches;
import org.feuerprobe.workload.Workload.Footprint;
import org.feuerprobe.workload.Workload.Part;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in assembler, of which every figure can be computed by hand. */
@Tag("boots")
class CharacterisationTests {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** 500 rounds over 100 lines, then 50,000 stores to one place. */
    private static final String TWO_LOOPS =
            """
            .globl _start
            _start:
                mov $500, %ecx
            1:  lea buffer(%rip), %rbx
                mov $100, %edx
            2:  mov (%rbx), %rax
                add $64, %rbx
                dec %edx
                jnz 2b
                dec %ecx
                jnz 1b
                mov $50000, %edx
            3:  mov %rax, buffer(%rip)
                imul $3, %rax, %rax
                dec %edx
                jnz 3b
                mov $60, %eax
                xor %edi, %edi
                syscall
            .bss
            .balign 4096
            buffer: .skip 8192
            """;

    /** Sleeps three times. */
    private static final String SLEEPS =
            """
            .globl _start
            _start:
                mov $3, %%ebx
            1:  mov $35, %%eax
                lea time(%%rip), %%rdi
                xor %%esi, %%esi
                syscall
                dec %%ebx
                jnz 1b
                mov $60, %%eax
                xor %%edi, %%edi
                syscall
            .balign 8
            time: .quad %d, %d
            """;

    @TempDir private Path folder;

    private Characterisation characterise(String name, String source) throws Exception {
        Path text = Files.writeString(folder.resolve(name + ".S"), source);
        Path program = folder.resolve(name);
        String said =
                ChildProcess.output(
                                List.of(
                                        "gcc",
                                        "-nostdlib",
                                        "-static",
                                        "-o",
                                        program.toString(),
                                        text.toString()),
                                LIMIT)
                        .orElse("failed");
        assumeTrue(said.isEmpty(), "no gcc that links static programs: " + said);
        LinuxArchive archive =
                new LinuxArchive().file("/" + name, program).command(List.of("/" + name));
        return Characterisation.of(
                new LibosBoot("qemu-system-x86_64", KernelFixture.image(), 256, LIMIT),
                KernelFixture.image(),
                CacheModel.build(Path.of("plugin"), CacheGeometry.host()),
                archive,
                List.of(),
                OutputStream.nullOutputStream());
    }

    @Test
    void everyFigureIsAsComputedByHand() throws Exception {
        Characterisation found = characterise("loops", TWO_LOOPS);
        Workload all = found.workload();
        Part program = all.program();

        assertThat(program.instructions()).isEqualTo(1 + 500 * (4 + 4 * 100) + 1 + 4 * 50_000 + 3);
        assertThat(program.mix())
                .containsEntry("move", 1 + 500 * (1 + 100) + 1 + 50_000L + 1)
                .containsEntry("arithmetic", 500 * (1 + 2 * 100 + 1) + 50_000L)
                .containsEntry("branch", 500 * (100 + 1) + 50_000L)
                .containsEntry("multiply", 50_000L)
                .containsEntry("logic", 1L)
                .containsEntry("system", 1L);
        assertThat(program.loads()).isEqualTo(50_000);
        assertThat(program.stores()).isEqualTo(50_000);
        assertThat(all.data()).isEqualTo(new Footprint(100, 2));
        assertThat(all.code()).isEqualTo(new Footprint(1, 1));
        // each line again after 99 others; so is the first store
        List<Long> reuse = new ArrayList<>(java.util.Collections.nCopies(34, 0L));
        reuse.set(0, 49_999L);
        reuse.set(7, 49_900L + 1);
        reuse.set(33, 100L);
        assertThat(all.reuse()).isEqualTo(reuse);
        // from the last line back to the first is farther than a page
        assertThat(all.strides()).isEqualTo(List.of(49_999L, 0L, 500 * 99L, 0L, 0L, 499L));
        assertThat(all.halts()).isZero();
    }

    /**
     * Two-bit counters begin at "never": they mispredict each first branch twice and each end of a
     * loop once.
     */
    @Test
    void branchesAreAsComputedByHand() throws Exception {
        Branches found = characterise("branches", TWO_LOOPS).workload().branches();

        assertThat(found.executed()).isEqualTo(500 * 101 + 50_000);
        assertThat(found.taken()).isEqualTo(500 * 99 + 499 + 49_999);
        assertThat(found.changed()).isEqualTo(500 + 499 + 1 + 1);
        assertThat(found.simpleMisses()).isEqualTo(2 + 500 + 3 + 3);
        assertThat(found.unknown()).isZero();
    }

    /** Intervals of 10,000 instructions: the loops change in the 21st. */
    @Test
    void eachLoopIsAPhase() throws Exception {
        Phases found = characterise("phases", TWO_LOOPS).phases();

        assertThat(found.of()).hasSize(41);
        assertThat(found.of().subList(0, 20)).containsOnly(0);
        assertThat(found.of().subList(21, 41)).containsOnly(found.of().getLast());
        assertThat(found.of().getLast()).isNotZero();
        assertThat(found.phases()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aSecondBootFindsTheSame() throws Exception {
        Characterisation once = characterise("twice", TWO_LOOPS);

        assertThat(characterise("twice", TWO_LOOPS)).isEqualTo(once);
    }

    /** An idle kernel without a tick: a longer sleep needs no more wake-ups. */
    @Test
    void anIdleMachineDoesNotTick() throws Exception {
        Characterisation brief = characterise("brief", SLEEPS.formatted(0, 100_000_000));
        Characterisation longer = characterise("longer", SLEEPS.formatted(1, 0));

        assertThat(brief.workload().halts()).isPositive();
        assertThat(longer.workload().halts()).isEqualTo(brief.workload().halts());
        assertThat(brief.operations())
                .extracting(KernelOperation::name, KernelOperation::calls)
                .contains(org.assertj.core.groups.Tuple.tuple("exo_recv_timed", 3L));
        assertThat(Map.copyOf(longer.workload().program().mix()))
                .isEqualTo(Map.copyOf(brief.workload().program().mix()));
    }
}
