package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.archive.Seal;
import org.feuerprobe.guest.KernelFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two kernels by turns in one campaign. */
@Tag("boots")
class AgainstTests {
    @TempDir private Path folder;

    private final CapturedConsole console = new CapturedConsole();

    private int validate(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "validate",
                                "--quick",
                                "--only",
                                "cap_table_alloc",
                                "--out",
                                folder.resolve("results").toString()));
        arguments.addAll(List.of(more));
        return console.run(arguments.toArray(String[]::new));
    }

    @Test
    void showsWhatChangedFromOneImageToTheOther() throws Exception {
        String before = KernelFixture.image().file().toString();
        String after = KernelFixture.image("CAP_ALLOC=scan").file().toString();
        assertThat(validate("--kernel", after, "--against", before)).isEqualTo(1);
        assertThat(console.out())
                .contains("cost model O(1) → O(N_caps)", "HOLDS → VIOLATED", "REGRESSION: ");

        Path results = folder.resolve("results");
        Seal seal = Seal.read(results);
        seal.check(results);
        assertThat(seal.files().sequencedKeySet())
                .contains(
                        "samples.fpb", "base/samples.fpb", "base/manifest.json", "comparison.json");
        JsonNode comparison =
                JsonMapper.builder()
                        .build()
                        .readTree(Files.readString(results.resolve("comparison.json")));
        assertThat(comparison.get("regression").asBoolean()).isTrue();
        // Both halves are results of their own: compared again they say the same.
        CapturedConsole again = new CapturedConsole();
        assertThat(again.run("compare", results.resolve("base").toString(), results.toString()))
                .isEqualTo(1);
        assertThat(console.out()).startsWith(again.out());
        assertThat(console.out().substring(again.out().length()).replaceAll("\\s+", " "))
                .as("which function and line it was")
                .startsWith(" Where the instructions changed, by function: ")
                .contains(" cap_table_alloc/sequential N_caps=16: 22 → 139 instructions: +")
                .containsPattern("\\(most at core/captable\\.c:[0-9]+\\)");
        JsonNode explained = comparison.get("explanations").get(0);
        assertThat(explained.get("benchmark").asString()).isEqualTo("cap_table_alloc/sequential");
        assertThat(explained.get("total").asLong() - explained.get("base_total").asLong())
                .isEqualTo(
                        explained
                                .get("changed_functions")
                                .valueStream()
                                .mapToLong(function -> function.get("by").asLong())
                                .sum());
    }

    @Test
    void anImageAgainstItselfIsTheSame() throws Exception {
        String image = KernelFixture.image().file().toString();
        assertThat(validate("--kernel", image, "--against", image)).isZero();
        assertThat(console.out()).contains("no regression: ").doesNotContain("✗");
    }

    @Test
    void namesWhatIsNeitherImageNorCommit() {
        assertThat(validate("--against", "no-such-thing")).isEqualTo(2);
        assertThat(console.err())
                .startsWith(
                        "feuerprobe: --against no-such-thing: neither an image file nor a commit: ");
        assertThat(folder.resolve("results")).doesNotExist();
    }
}
