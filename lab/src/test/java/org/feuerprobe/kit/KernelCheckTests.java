package org.feuerprobe.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.guest.KernelFixture;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.harness.Places;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does a check name the row that hangs, and go on with the others? */
@Tag("boots")
final class KernelCheckTests {
    private static final Places PLACES = new Places(Path.of(""), "qemu-system-x86_64");

    private static final String ROWS =
            """
            #include "kit.h"
            static volatile int zero;
            static void works(struct fp_run *run)
            {
                while (fp_next(run)) {
                    FP_TIMED(run, zero = 0);
                    fp_check(run, !zero, "no zero");
                }
            }
            static void hangs(struct fp_run *run)
            {
                while (run->n == 2)
                    __asm__ volatile("");
                works(run);
            }
            const struct fp_benchmark kit_table[] = {
                { "hangs", "hangs", "none", "n", 1, 4, hangs, 0, 1 },
                { "works", "works", "none", "n", 1, 4, works, 0, 1 },
            };
            const fp_u32 kit_rows = sizeof kit_table / sizeof *kit_table;
            """;

    @TempDir private Path folder;

    @Test
    void aRowThatHangsIsNamedAndItsClaimIsNotExercised() throws Exception {
        Path kernel = folder.resolve("mine");
        new NewKernel(kernel, Machine.MICROVM, PLACES, ForeignCode.none()).write();
        Files.writeString(kernel.resolve("bench.c"), ROWS);
        Files.writeString(
                kernel.resolve("bounds.yaml"),
                """
                schema: 1
                subject: mine
                bounds:
                  - {id: h, operation: hangs, claim: O(n), kind: proposed, source: {document: d, section: s}}
                  - {id: w, operation: works, claim: O(n), kind: proposed, source: {document: d, section: s}}
                """);

        KernelCheck.Checked checked =
                new KernelCheck(kernel, Optional.empty(), PLACES, KernelFixture.IMPATIENT).run();

        assertThat(checked.rows())
                .containsExactly(
                        new KernelCheck.Row(
                                "hangs",
                                "hangs",
                                0,
                                List.of(
                                        "HANG: no line for 4 s, 1 of 3 points done, the next is hangs n=2 (the kernel stopped making progress)")),
                        new KernelCheck.Row("works", "works", 3, List.of()));
        assertThat(checked.unexercised()).containsExactly("h: hangs gives no values");
        assertThat(checked.works()).isFalse();
    }
}
