package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bounds on what the emulator's plugin counts, on the real kernel. */
@Tag("boots")
class CountedBoundsTests {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir private Path folder;

    private final CapturedConsole console = new CapturedConsole();

    private Path bounds(String... claims) throws Exception {
        StringBuilder text = new StringBuilder("schema: 1\nsubject: FeuerBird\nbounds:\n");
        for (String claim : claims) {
            String operation = claim.substring(0, claim.indexOf(':'));
            text.append(
                    """
                      - id: "%s"
                        operation: %s
                        claim: %s
                        kind: proposed
                        source: {document: d, section: s}
                    """
                            .formatted(
                                    claim,
                                    operation,
                                    claim.substring(claim.indexOf(':') + 1).strip()));
        }
        return Files.writeString(folder.resolve("bounds.yaml"), text.toString());
    }

    private int validate(Path bounds, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "validate",
                                "--quick",
                                "--no-estimates",
                                "--bounds",
                                bounds.toString(),
                                "--out",
                                folder.resolve("results").toString()));
        arguments.addAll(List.of(more));
        return console.run(arguments.toArray(String[]::new));
    }

    private Map<String, JsonNode> verdicts() {
        Map<String, JsonNode> verdicts = new TreeMap<>();
        MAPPER.readTree(console.out())
                .get("verdicts")
                .forEach(verdict -> verdicts.put(verdict.get("bound").asString(), verdict));
        return verdicts;
    }

    private static String kind(Map<String, JsonNode> verdicts, String bound) {
        JsonNode verdict = verdicts.get(bound);
        return verdict == null ? "absent" : verdict.get("verdict").asString();
    }

    @Test
    void countsAreDecidedBesideTheClockAndKeptInTheFolder() throws Exception {
        Path bounds =
                bounds(
                        "null_syscall: max <= 40 instructions",
                        "null_syscall: max == 1 crossings",
                        "exo_call: max <= 1 as_switches",
                        "cap_table_lookup: O(1) l1d_misses");
        assertThat(validate(bounds, "--json", "--caches", "l1d=16/8/64,l2=256/8/64")).isEqualTo(1);

        Map<String, JsonNode> verdicts = verdicts();
        assertThat(kind(verdicts, "null_syscall: max <= 40 instructions")).isEqualTo("HOLDS");
        assertThat(kind(verdicts, "null_syscall: max == 1 crossings")).isEqualTo("HOLDS");
        assertThat(kind(verdicts, "exo_call: max <= 1 as_switches")).isEqualTo("VIOLATED");
        JsonNode misses = verdicts.get("cap_table_lookup: O(1) l1d_misses");
        assertThat(kind(verdicts, "cap_table_lookup: O(1) l1d_misses"))
                .as("one access misses once at most")
                .isIn("HOLDS", "INCONCLUSIVE");
        assertThat(String.valueOf(misses))
                .contains("\"metric\":\"l1d_misses\"")
                .contains("; modelled: L1d 16 KiB/8 ways (l1d=16/8/64,l2=256/8/64)");
        assertThat(console.err()).contains("gave identical counts");

        Path results = folder.resolve("results");
        assertThat(Files.readString(results.resolve("limits.json")))
                .contains("\"metric\" : \"crossings\"", "\"metric\" : \"as_switches\"");
        assertThat(Files.readString(results.resolve("manifest.json")))
                .contains("L1d 16 KiB/8 ways", "l1d_misses: from N_caps=");
        CapturedConsole again = new CapturedConsole();
        assertThat(again.run("report", results.toString(), "--format", "md")).isZero();
        assertThat(again.out())
                .contains("as\\_switches", "regimes in cost: l1d\\_misses: from N\\_caps=");
    }

    @Test
    void aTargetThatCannotCountSaysWhichCan() throws Exception {
        Path bounds = bounds("cap_table_lookup: max <= 3 crossings");
        assertThat(validate(bounds, "--json", "--target", "native")).isZero();

        JsonNode verdict = verdicts().get("cap_table_lookup: max <= 3 crossings");
        assertThat(String.valueOf(verdict))
                .contains(
                        "NOT_MEASURABLE",
                        "to measure crossings, use target qemu with --accel icount, whose plugin counts it; target native counts cycles");
    }

    @Test
    void countsAnotherKernelToo() throws Exception {
        Path bounds = bounds("null_syscall: max == 1 crossings");
        String image = org.feuerprobe.guest.KernelFixture.image().file().toString();
        assertThat(validate(bounds, "--kernel", image, "--against", image)).isZero();
        assertThat(Files.readString(folder.resolve("results").resolve("base/verdicts.json")))
                .contains("\"metric\" : \"crossings\"", "\"HOLDS\"");
    }

    @Test
    void namesAUnitThatNobodyCounts() throws Exception {
        Path bounds = bounds("null_syscall: max == 1 crosings");
        assertThat(validate(bounds)).isEqualTo(2);
        assertThat(console.err())
                .startsWith(
                        "feuerprobe: %s:6:21: bad claim 'max == 1 crosings': unknown unit 'crosings', want one of as_switches, branch_misses, bytes, "
                                .formatted(bounds));
    }
}
