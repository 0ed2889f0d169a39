package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.feuerprobe.archive.Seal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole way: builds and boots the real kernel and its variant, and looks at what a user gets.
 */
@Tag("boots")
class ValidateTests {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private final CapturedConsole console = new CapturedConsole();

    @TempDir private Path folder;

    @Test
    void decidesTheBoundsOfTheDefaultKernel() throws Exception {
        assertThat(validate("--quick", "--json", "--only", "cap_table_*", "cap_revoke")).isZero();

        Map<String, JsonNode> verdicts = verdicts(console.out());
        assertThat(summary(verdict(verdicts, "cap_table_alloc/documented")))
                .isEqualTo("LOOSE O(1)");
        assertThat(summary(verdict(verdicts, "cap_table_alloc/target"))).isEqualTo("HOLDS O(1)");
        assertThat(summary(verdict(verdicts, "cap_table_lookup/target"))).isEqualTo("HOLDS O(1)");
        assertThat(summary(verdict(verdicts, "cap_revoke/target"))).isEqualTo("HOLDS O(1)");
        JsonNode cycles = verdict(verdicts, "cap_table_lookup/baseline");
        assertThat(cycles.get("verdict").asString()).isEqualTo("NOT_MEASURABLE");
        assertThat(cycles.get("reason").asString()).startsWith("to measure cycles, use ");
        JsonNode alloc = verdict(verdicts, "cap_table_alloc/target");
        assertThat(alloc.get("certificate").asBoolean()).isTrue();
        assertThat(alloc.get("range").toString()).isEqualTo("{\"N_caps\":[16,65535]}");
        assertThat(alloc.get("model").get("text").asString())
                .matches("\\d+ \\+ 0·N_caps instructions");
        assertThat(console.err()).contains("two boots with seed 1 gave identical counts");
    }

    /**
     * Without a target, each bound is decided where it can be: the count in the emulator, the time
     * on this processor, in one table, one document and one folder.
     */
    @Test
    void decidesTimesOnTheCoreAndCountsInTheEmulator() throws Exception {
        Path bounds = folder.resolve("both.yaml");
        Path out = folder.resolve("results");
        Files.writeString(
                bounds,
                """
                schema: 1
                subject: both
                bounds:
                  - {id: cap_table_lookup/count, operation: cap_table_lookup, claim: max <= 20, kind: target, source: {document: d, section: s}}
                  - {id: cap_table_lookup/time, operation: cap_table_lookup, claim: mean <= 100000000 cycles, kind: target, source: {document: d, section: s}}
                  - {id: null_syscall/time, operation: null_syscall, claim: mean <= 100000000 cycles, kind: target, source: {document: d, section: s}}
                """);
        List<String> arguments =
                List.of("validate", "--quick", "--json", "--no-estimates", "--bounds");
        List<String> command = new java.util.ArrayList<>(arguments);
        command.addAll(List.of(bounds.toString(), "--out", out.toString()));

        assertThat(console.run(command.toArray(String[]::new))).as(console.err()).isZero();

        Map<String, JsonNode> verdicts = verdicts(console.out());
        JsonNode count = verdict(verdicts, "cap_table_lookup/count");
        assertThat(count.get("target").asString()).isEqualTo("qemu");
        assertThat(count.get("verdict").asString()).isEqualTo("HOLDS");
        assertThat(verdict(verdicts, "null_syscall/time").get("reason").asString())
                .isEqualTo(
                        "to measure cycles, use hardware virtualisation (--accel kvm); targets qemu and native do not time this operation");
        JsonNode time = verdict(verdicts, "cap_table_lookup/time");
        assumeTrue(
                !time.get("verdict").asString().equals("NOT_MEASURABLE"),
                "the native clock is not fit here: " + time.get("reason").asString());
        assertThat(time.get("target").asString()).isEqualTo("native");
        assertThat(time.get("verdict").asString()).isIn("HOLDS", "INCONCLUSIVE");
        JsonNode manifest = MAPPER.readTree(Files.readString(out.resolve("manifest.json")));
        assertThat(manifest.get("targets").toString())
                .isEqualTo("{\"qemu\":[\"instructions\"],\"native\":[\"cycles\"]}");
        assertThat(manifest.get("exact").asBoolean()).isTrue();
        CapturedConsole again = new CapturedConsole();
        assertThat(again.run("report", out.toString(), "--format", "md")).isZero();
        assertThat(again.out())
                .containsPattern("lookup/time.*(HOLDS|INCONCLUSIVE) on native")
                .doesNotContain("on qemu |");
        assertThat(again.run("compare", out.toString(), out.toString())).isZero();
    }

    @Test
    void seesTheLinearScanOfTheVariant() throws Exception {
        assertThat(
                        validate(
                                "--quick",
                                "--json",
                                "--only",
                                "cap_table_alloc",
                                "--variant",
                                "CAP_ALLOC=scan"))
                .isEqualTo(1);

        Map<String, JsonNode> verdicts = verdicts(console.out());
        // The random benchmark's counts vary; the sequential one forces the worst case and decides.
        assertThat(summary(verdict(verdicts, "cap_table_alloc/documented")))
                .isEqualTo("HOLDS O(N_caps)");
        assertThat(summary(verdict(verdicts, "cap_table_alloc/target")))
                .isEqualTo("VIOLATED O(N_caps)");
    }

    @Test
    void bootsAnImageThatIsAlreadyThere() throws Exception {
        Path image = folder.resolve("any-name.elf");
        Files.copy(org.feuerprobe.guest.KernelFixture.image("CAP_ALLOC=scan").file(), image);

        assertThat(
                        validate(
                                "--quick",
                                "--only",
                                "cap_table_alloc/target",
                                "--kernel",
                                image.toString()))
                .isEqualTo(1);
        assertThat(console.out())
                .contains("cap_table_alloc/target")
                .contains("VIOLATED  O(N_caps): ");
    }

    @Test
    void writesResultsThatDescribeThemselves() throws Exception {
        assertThat(validate("--quick", "--only", "cap_table_lookup", "--seed", "7")).isZero();

        Path results = folder.resolve("results");
        assertThat(names(results))
                .containsExactly(
                        "counts.fpb",
                        "limits.json",
                        "manifest.json",
                        "report.html",
                        "samples.fpb",
                        "seal",
                        "verdicts.json");
        JsonNode manifest = MAPPER.readTree(Files.readString(results.resolve("manifest.json")));
        assertThat(manifest.get("schema").asInt()).isEqualTo(2);
        assertThat(manifest.get("seed").asLong()).isEqualTo(7);
        assertThat(manifest.get("kernel").get("sha256").asString()).matches("[0-9a-f]{64}");
        assertThat(manifest.get("kernel").get("build").get("cflags").asString())
                .contains("-ffreestanding");
        assertThat(manifest.get("testbed").get("emulator").asString()).contains("QEMU");
        assertThat(manifest.get("plan").size()).isEqualTo(14);
        assertThat(manifest.get("repetition").get("identical").asBoolean()).isTrue();
        Seal.read(results).check(results);
        CapturedConsole lines = new CapturedConsole();
        assertThat(lines.run("report", results.toString(), "--format", "samples")).isZero();
        List<String> samples = lines.out().lines().toList();
        assertThat(samples).hasSize(14);
        assertThat(MAPPER.readTree(samples.getFirst()).get("samples").size()).isEqualTo(16);
        assertThat(Files.readString(results.resolve("report.html")))
                .contains("<svg", "cap_table_lookup/random")
                .contains("Content-Security-Policy")
                .doesNotContainPattern("(src|href)=.?(https?:|//)");
    }

    @Test
    void sameSeedSameVerdictsAndSamples() throws Exception {
        assertThat(
                        validate(
                                "--quick",
                                "--only",
                                "cap_revoke",
                                "--no-estimates", // their error is measured on this host's clock
                                "--out",
                                folder.resolve("a").toString()))
                .isZero();
        assertThat(
                        validate(
                                "--quick",
                                "--only",
                                "cap_revoke",
                                "--no-estimates", // their error is measured on this host's clock
                                "--out",
                                folder.resolve("b").toString()))
                .isZero();

        for (String file : List.of("samples.fpb", "counts.fpb", "verdicts.json")) {
            assertThat(folder.resolve("a").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(file));
        }
    }

    @Test
    void noticesAnUnusableFolderBeforeItMeasures() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(
                        validate(
                                "--kernel",
                                "/nothing/there",
                                "--out",
                                file.resolve("results").toString()))
                .isEqualTo(2);
        assertThat(console.err())
                .startsWith("feuerprobe: --out: ")
                .contains(file.toString())
                .endsWith(": name a new folder, or one where you may write\n");
    }

    @Test
    void keepsWhatWasFinishedWhenTheKernelPanics() throws Exception {
        assertThat(validate("--quick", "--only", "cap_revoke", "--append", "test=panic@3"))
                .isEqualTo(3);

        assertThat(console.err())
                .containsPattern(
                        "feuerprobe: no samples: cap_revoke/\\S+ \\S+: boot 0 failed: PANIC: page fault .*; 3 of \\d+ points done, the next is cap_revoke/")
                .containsPattern(
                        "feuerprobe: no samples: cap_revoke/\\S+: the failed boot did not reach \\d+ of its points");
        assertThat(console.out()).contains("NOT_EXERCISED").doesNotContain("HOLDS");
        assertThat(folder.resolve("results/verdicts.json")).exists();
    }

    @Test
    void reportsAnOperationWithoutEffect() throws Exception {
        assertThat(
                        validate(
                                "--quick",
                                "--only",
                                "cap_table_alloc/target",
                                "--append",
                                "test=effect"))
                .isEqualTo(3);

        assertThat(console.out()).contains("NOT_EXERCISED");
        assertThat(console.err())
                .contains(
                        "no samples: cap_table_alloc/sequential N_caps=16: the operation's effect did not take place");
    }

    @Test
    void publishedFiguresStandBesideWhatTheTargetHas() throws Exception {
        String[] bounds = {"--quick", "--only", "null_syscall/limit", "cap_table_lookup/limit"};
        assertThat(validate(bounds)).isZero();
        assertThat(console.out()).doesNotContain("seL4");
        assertThat(Files.readString(folder.resolve("results/report.html"))).contains(">seL4</th>");

        CapturedConsole other = new CapturedConsole();
        assertThat(
                        other.run(
                                "validate",
                                "--target",
                                "native",
                                "--out",
                                folder.resolve("native").toString(),
                                bounds[0],
                                bounds[1],
                                bounds[2],
                                bounds[3]))
                .isZero();
        assertThat(other.out())
                .contains("the target has no benchmark of this operation (null_syscall");
        assertThat(Files.readString(folder.resolve("native/report.html"))).doesNotContain("seL4");
    }

    /** A foreign file may have an operation of the same name, which is another thing. */
    @Test
    void onlyTheBoundsFileTiesPublishedFigures() throws Exception {
        String bound =
                """
                schema: 1
                subject: K
                bounds:
                  - {id: n, operation: null_syscall, claim: max <= 40 instructions, kind: proposed, source: {document: d, section: s}}
                """;
        Path file = folder.resolve("k.yaml");
        Files.writeString(file, bound);
        assertThat(validate("--quick", "--bounds", file.toString())).isZero();
        assertThat(Files.readString(folder.resolve("results/report.html"))).doesNotContain("seL4");

        Files.writeString(
                file, bound + "published: [{operation: null_syscall, similar: [yeild]}]\n");
        CapturedConsole mistyped = new CapturedConsole();
        assertThat(mistyped.run("validate", "--quick", "--bounds", file.toString())).isEqualTo(2);
        assertThat(mistyped.err())
                .contains(
                        "similar: 'yeild': no file in anchors/ has a figure of this operation; did you mean yield?");
    }

    @Test
    void strictWantsEveryBoundDecided() throws Exception {
        assertThat(validate("--quick", "--strict", "--only", "cap_revoke/*")).isEqualTo(4);
        assertThat(
                        validate(
                                "--quick",
                                "--strict",
                                "--only",
                                "cap_revoke/target",
                                "--out",
                                folder.resolve("other").toString()))
                .isZero();
    }

    @Test
    void drawsProgressOnATerminalOnly() throws Exception {
        String[] arguments = {
            "validate",
            "--quick",
            "--only",
            "cap_revoke/target",
            "--out",
            folder.resolve("tty").toString()
        };
        assertThat(console.run(true, arguments)).isZero();
        assertThat(console.err()).contains("\r\u001b[K[").contains("/2 boots");
        assertThat(console.out()).contains("\u001b[32m✓\u001b[0m cap_revoke/target");

        CapturedConsole piped = new CapturedConsole();
        arguments[5] = folder.resolve("piped").toString();
        assertThat(piped.run(arguments)).isZero();
        assertThat(piped.err() + piped.out()).doesNotContain("\u001b", "\r");
    }

    @Test
    void anEstimateDecidesNothing() throws Exception {
        List<String> chosen =
                List.of("--quick", "--json", "--strict", "--only", "cap_table_lookup");
        List<String> without = new java.util.ArrayList<>(chosen);
        without.addAll(List.of("--no-estimates", "--out", folder.resolve("without").toString()));
        without.addAll(List.of("--target", "qemu"));
        CapturedConsole plain = new CapturedConsole();

        int status = validate(chosen.toArray(String[]::new));
        without.addFirst("validate");

        assertThat(plain.run(without.toArray(String[]::new))).isEqualTo(status);
        assertThat(console.out()).contains("\"estimate\"");
        Map<String, JsonNode> with = verdicts(console.out());
        Map<String, JsonNode> bare = verdicts(plain.out());
        assertThat(with.keySet()).isEqualTo(bare.keySet());
        for (Map.Entry<String, JsonNode> entry : with.entrySet()) {
            assertThat(entry.getValue().get("verdict"))
                    .isEqualTo(verdict(bare, entry.getKey()).get("verdict"));
        }
    }

    /**
     * Counts alone, unless a target is named: what this host's clock decides is no fact of ours.
     */
    private int validate(String... options) {
        List<String> arguments = new java.util.ArrayList<>(List.of("validate"));
        arguments.addAll(List.of(options));
        if (!arguments.contains("--target") && !arguments.contains("--kernel")) {
            arguments.addAll(List.of("--target", "qemu"));
        }
        if (!arguments.contains("--out")) {
            arguments.addAll(List.of("--out", folder.resolve("results").toString()));
        }
        return console.run(arguments.toArray(String[]::new));
    }

    private static Map<String, JsonNode> verdicts(String json) {
        Map<String, JsonNode> verdicts = new TreeMap<>();
        JsonNode document = MAPPER.readTree(json);
        assertThat(document.get("schema").asInt()).isEqualTo(1);
        document.get("verdicts")
                .forEach(verdict -> verdicts.put(verdict.get("bound").asString(), verdict));
        return verdicts;
    }

    private static JsonNode verdict(Map<String, JsonNode> verdicts, String bound) {
        return Objects.requireNonNull(verdicts.get(bound), bound);
    }

    private static String summary(JsonNode verdict) {
        return verdict.get("verdict").asString() + " " + verdict.get("class").asString();
    }

    private static List<String> names(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
