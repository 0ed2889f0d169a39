package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.cli.StandInEmulator.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happens where KVM's cycles are fit, on a machine that need not be one: the emulator is a
 * script that translates where KVM was asked for. Its guest's clock is cheap and steady (one tick
 * an instruction), or, for the other half, costs thousands, as where ring 0 is emulated.
 */
@Tag("boots")
class KvmStandInTests {
    private static final String BOUNDS =
            """
            schema: 1
            subject: FeuerBird
            bounds:
              - id: cap_table_lookup/loose
                operation: cap_table_lookup
                claim: p99 <= 400 cycles
                kind: proposed
                source: {document: here, section: one}
              - id: cap_table_lookup/tight
                operation: cap_table_lookup
                claim: p99 <= 1 cycles
                kind: proposed
                source: {document: here, section: two}
            """;

    @TempDir private Path folder;
    private Path bounds = Path.of("");

    @BeforeEach
    void write() throws Exception {
        bounds = Files.writeString(folder.resolve("bounds.yaml"), BOUNDS);
    }

    private StandInEmulator emulator(String instead) throws Exception {
        return StandInEmulator.of(folder, instead);
    }

    private Ended validate(StandInEmulator emulator, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "validate",
                                "--accel",
                                "kvm",
                                "--quick",
                                "--json",
                                "--no-estimates",
                                "--bounds",
                                bounds.toString(),
                                "--out",
                                folder.resolve("results").toString()));
        arguments.addAll(List.of(more));
        return emulator.run(arguments.toArray(String[]::new));
    }

    private static JsonNode verdict(Ended ended, String bound) {
        JsonNode document = JsonMapper.builder().build().readTree(ended.out());
        for (JsonNode verdict : document.get("verdicts")) {
            if (verdict.get("bound").asString().equals(bound)) {
                return verdict;
            }
        }
        throw new AssertionError("no verdict on " + bound + " in " + ended.out());
    }

    @Test
    void fitCyclesDecideBounds() throws Exception {
        Ended ended = validate(emulator("tcg -icount shift=0,sleep=off"));

        assertThat(ended.err()).contains("cycles of the hardware under KVM: an empty pair costs ");
        JsonNode loose = verdict(ended, "cap_table_lookup/loose");
        assertThat(loose.get("metric").asString()).isEqualTo("cycles");
        // what the run itself found of the host's clock: a busy machine may be fit a second later
        if (!loose.path("reason").asString("").startsWith("no trustworthy source of cycles here")) {
            // 16 ticks a call with one tick an instruction, in a clock with a step of some ticks
            assertThat(loose.get("verdict").asString()).isEqualTo("HOLDS");
            assertThat(verdict(ended, "cap_table_lookup/tight").get("verdict").asString())
                    .isIn("VIOLATED", "INCONCLUSIVE");
        } else {
            assertThat(loose.get("verdict").asString()).isEqualTo("NOT_MEASURABLE");
        }
    }

    /** Translated on the host's clock, an empty pair of fences is no hardware's. */
    @Test
    void unfitCyclesAreShownWhenAskedForAndDecideNothing() throws Exception {
        StandInEmulator emulator = emulator("tcg -icount shift=10,sleep=off");
        Ended refused = emulator.run("bench", "--list", "--accel", "kvm");
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.err())
                .startsWith("feuerprobe: cycles under KVM are not fit here: an empty pair costs ");

        Ended accepted = validate(emulator, "--accept-unfit");
        assertThat(accepted.err()).contains("they are shown, and decide nothing");
        for (String bound : List.of("cap_table_lookup/loose", "cap_table_lookup/tight")) {
            JsonNode verdict = verdict(accepted, bound);
            assertThat(verdict.get("verdict").asString()).isEqualTo("NOT_MEASURABLE");
            assertThat(verdict.get("reason").asString())
                    .startsWith(
                            "no trustworthy source of cycles here: cycles under KVM are not fit here: an empty pair costs ");
        }
        Ended shown =
                emulator.run(
                        "bench",
                        "--accel",
                        "kvm",
                        "--accept-unfit",
                        "--quick",
                        "--only",
                        "cap_table_lookup/random");
        assertThat(shown.status()).isZero();
        assertThat(shown.out()).contains("unfit_cycles").doesNotContain("  cycles  ");
    }
}
