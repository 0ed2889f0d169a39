package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.KernelFixture;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.harness.TestRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two of the planted changes of cost; {@code make mutants-compare} tries all of them. */
@Tag("boots")
class MutantCompareTests {
    private static final Path EXOKERNEL = Path.of("exokernel").toAbsolutePath();

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "cap-alloc-scans-slots, cap_table_alloc/target, cap_table_alloc",
        "lattice-leq-bit-by-bit, LatticeLeqWord/target, LatticeLeqWord"
    })
    void namesOperationAndSize(String mutant, String bound, String operation) throws Exception {
        measure(KernelFixture.image(), bound, "base");
        measure(mutated(mutant), bound, "mutant");

        CapturedConsole console = new CapturedConsole();
        assertThat(
                        console.run(
                                "compare",
                                folder.resolve("base").toString(),
                                folder.resolve("mutant").toString(),
                                "--json"))
                .as(console.err())
                .isEqualTo(1);
        JsonNode document = JsonMapper.builder().build().readTree(console.out());
        List<JsonNode> worse =
                document.get("points")
                        .valueStream()
                        .filter(point -> point.get("change").asString().equals("worse"))
                        .toList();
        assertThat(worse).isNotEmpty();
        for (JsonNode point : worse) {
            assertThat(point.get("operation").asString()).isEqualTo(operation);
            assertThat(point.get("exact").asBoolean()).isTrue();
            assertThat(point.get("by").asDouble())
                    .isPositive()
                    .isEqualTo(point.get("new").asDouble() - point.get("base").asDouble());
        }
    }

    private void measure(KernelImage image, String bound, String name) {
        CapturedConsole console = new CapturedConsole();
        int status =
                console.run(
                        "validate",
                        "--quick",
                        "--quiet",
                        "--samples",
                        "4",
                        "--kernel",
                        image.file().toString(),
                        "--only",
                        bound,
                        "--out",
                        folder.resolve(name).toString());
        assertThat(status).as(console.err()).isLessThanOrEqualTo(1);
    }

    /**
     * The kernel with the defect: a copy with what is built already, so that little is compiled.
     */
    private KernelImage mutated(String mutant) throws Exception {
        KernelFixture.image();
        TestRepository.copyKernel(folder);
        ProcessBuilder builder =
                new ProcessBuilder(
                                "git",
                                "apply",
                                EXOKERNEL.resolve("mutants/" + mutant + ".patch").toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("apply.log").toFile());
        // A repository around the temporary folder must not swallow the patch.
        builder.environment().put("GIT_CEILING_DIRECTORIES", folder.resolveSibling(".").toString());
        Process apply = builder.start();
        assertThat(apply.waitFor()).as(folder.resolve("apply.log").toString()).isZero();
        return new KernelBuilder(folder.resolve("exokernel")).build(List.of());
    }
}
