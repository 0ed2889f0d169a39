package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Can somebody's C be measured in a new kernel: this project's core, and libraries of Debian? */
class ForeignKernelTests {
    private static final Path LIBRARIES = Path.of("/usr/lib/x86_64-linux-gnu");

    @TempDir private Path folder;

    private @Nullable Path kernel;

    private Path kernel() {
        return kernel == null ? folder.resolve("mine") : kernel;
    }

    private CapturedConsole run(int status, String... words) {
        CapturedConsole console = new CapturedConsole();
        assertThat(console.run(words)).as(console.err() + console.out()).isEqualTo(status);
        return console;
    }

    private CapturedConsole make(String... options) {
        List<String> words = new ArrayList<>(List.of("new", kernel().toString()));
        words.addAll(List.of(options));
        return run(0, words.toArray(String[]::new));
    }

    private void build() throws Exception {
        Process process =
                new ProcessBuilder("make", "-s", "-C", kernel().toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }

    /** Replaces the benchmarks and claims, builds, and returns what validate prints. */
    private String decided(String bench, String... claims) throws Exception {
        Files.copy(
                Path.of("app/src/test/kernel", bench),
                kernel().resolve("bench.c"),
                StandardCopyOption.REPLACE_EXISTING);
        StringBuilder bounds = new StringBuilder("schema: 1\nsubject: mine\nbounds:\n");
        for (String claim : claims) {
            String[] parts = claim.split(" ", 2);
            bounds.append(
                    "  - {id: %s, operation: %s, claim: %s, kind: documented, source: {document: d, section: s}}\n"
                            .formatted(parts[0], parts[0], parts[1]));
        }
        Files.writeString(kernel().resolve("bounds.yaml"), bounds);
        build();
        return validated(ExitStatus.OK).out();
    }

    /** Decides the bounds of the kernel that was built, which must end with this status. */
    private CapturedConsole validated(int status) {
        return run(
                status,
                "validate",
                "--target",
                "image",
                "--kernel",
                kernel().resolve("build/kernel.elf").toString(),
                "--bounds",
                kernel().resolve("bounds.yaml").toString(),
                "--quick",
                "--out",
                folder.resolve("results").toString());
    }

    /** The same laws on three processors, with other coefficients, in one table of the report. */
    @Test
    @Tag("boots")
    void theCoreOfThisProjectHasTheSameLawsOnThreeProcessors() throws Exception {
        Map<String, List<String>> programs =
                Map.of(
                        "microvm", List.of("gcc", "qemu-system-x86_64"),
                        "riscv64-virt", List.of("riscv64-linux-gnu-gcc", "qemu-system-riscv64"),
                        "arm-virt", List.of("arm-linux-gnueabi-gcc", "qemu-system-arm"));
        for (List<String> needed : programs.values()) {
            for (String program : needed) {
                assumeTrue(
                        Arrays.stream(System.getenv("PATH").split(":"))
                                .anyMatch(place -> Files.isExecutable(Path.of(place, program))),
                        "there is no " + program);
            }
        }
        List<String> report = new ArrayList<>(List.of("report"));
        for (String machine : List.of("microvm", "riscv64-virt", "arm-virt")) {
            theCore(machine);
            Path results = Files.move(folder.resolve("results"), folder.resolve(machine));
            report.add(results.toString());
        }
        report.addAll(List.of("--out", folder.resolve("page.html").toString()));
        run(0, report.toArray(String[]::new));

        String page =
                Files.readString(folder.resolve("page.html"))
                        .replaceAll("<[^>]*>", " ")
                        .replaceAll("\\s+", " ");
        String law = "[\\d,]+ → [\\d,]+ \\((\\d+ \\+ [\\d.]+·n) instructions\\)";
        Matcher row = Pattern.compile("less " + law + " " + law + " " + law).matcher(page);
        assertThat(row.find()).as(page).isTrue();
        assertThat(List.of(row.group(1), row.group(2), row.group(3))).doesNotHaveDuplicates();
    }

    private void theCore(String machine) throws Exception {
        List<String> options = new ArrayList<>(List.of("--machine", machine, "--sources"));
        try (Stream<Path> core = Files.list(Path.of("exokernel/core"))) {
            core.map(Path::toString)
                    .filter(name -> name.endsWith(".c"))
                    .sorted()
                    .forEach(options::add);
        }
        options.addAll(
                List.of(
                        "-Iexokernel/include",
                        "-Iexokernel/core",
                        "-Iprobe",
                        "--function",
                        "cap_table_alloc",
                        "cap_table_lookup",
                        "cap_table_init",
                        "vt_init",
                        "vt_lt",
                        "vt_local_event"));
        kernel = folder.resolve("kernel-" + machine);
        assertThat(make(options.toArray(String[]::new)).out())
                .contains("linked: captable.o, delegation.o, ")
                .doesNotContain("stubs.c");

        assertThat(decided("core.c", "cap_table_lookup O(1)", "cap_table_init O(n)", "vt_lt O(n)"))
                .contains("✓ 3 HOLDS")
                .containsPattern("cap_table_lookup +O\\(1\\) +HOLDS +\\d+\n")
                .containsPattern("cap_table_init +O\\(n\\) +HOLDS +\\d+ \\+ [\\d.]+·n\n")
                .containsPattern("vt_lt +O\\(n\\) +HOLDS +\\d+ \\+ \\d+·n\n");
    }

    @Test
    @Tag("boots")
    void zlibOfDebianIsMeasured() throws Exception {
        Path library = LIBRARIES.resolve("libz.a");
        assumeTrue(Files.exists(library), "there is no " + library + ": zlib1g-dev has it");
        assumeTrue(Files.exists(Path.of("/usr/include/zlib.h")), "there is no zlib.h");
        String said =
                make(
                                "--objects",
                                library.toString(),
                                "--header",
                                "zlib.h",
                                "--function",
                                "adler32",
                                "compress",
                                "uncompress")
                        .out();

        assertThat(said)
                .contains("libz.a(adler32.o)", "shims.c has ", "malloc")
                .doesNotContain("gzread", "stubs.c");
        assertThat(decided("zlib.c", "adler32 O(n)", "uncompress max <= 1000000 instructions"))
                .contains("✓ 2 HOLDS");
    }

    @Test
    @Tag("boots")
    void bzip2OfDebianIsMeasured() throws Exception {
        Path library = LIBRARIES.resolve("libbz2.a");
        assumeTrue(Files.exists(library), "there is no " + library + ": libbz2-dev has it");
        String said =
                make(
                                "--objects",
                                library.toString(),
                                "--header",
                                "bzlib.h",
                                "--function",
                                "BZ2_bzBuffToBuffCompress",
                                "BZ2_bzBuffToBuffDecompress")
                        .out();

        assertThat(said).contains("stubs.c names itself and stops the kernel for ", "fread");
        assertThat(decided("bzip2.c", "BZ2_bzBuffToBuffDecompress max <= 1000000 instructions"))
                .contains("✓ 1 HOLDS");
    }

    @Test
    @Tag("boots")
    void lzmaOfDebianIsMeasured() throws Exception {
        Path library = LIBRARIES.resolve("liblzma.a");
        assumeTrue(Files.exists(library), "there is no " + library + ": liblzma-dev has it");
        assertThat(
                        make(
                                        "--objects",
                                        library.toString(),
                                        "--header",
                                        "lzma.h",
                                        "--function",
                                        "lzma_crc32")
                                .out())
                .contains("crc32_fast.o")
                .doesNotContain("stubs.c");
        assertThat(decided("lzma.c", "lzma_crc32 O(n)")).contains("✓ 1 HOLDS");
    }

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
            static void faults(struct fp_run *run)
            {
                static volatile unsigned long nowhere = 16;
                if (run->n == 2)
                    *(volatile int *)nowhere = 1;
                works(run);
            }
            static void misses(struct fp_run *run)
            {
                while (fp_next(run)) {
                    FP_TIMED(run, zero = 0);
                    fp_check(run, run->n < 4, "it did nothing");
                }
            }
            static void resets(struct fp_run *run)
            {
                static const struct __attribute__((packed)) { unsigned short limit; void *base; } none;
                if (run->n == 2)
                    __asm__ volatile("lidt %0; ud2" : : "m"(none));
                works(run);
            }
            const struct fp_benchmark kit_table[] = {
                { "faults", "faults", "none", "n", 1, 4, faults, 0, 1 },
                { "works", "works", "none", "n", 1, 4, works, 0, 1 },
                { "misses", "misses", "none", "n", 1, 4, misses, 0, 1 },
                { "resets", "resets", "none", "n", 1, 4, resets, 0, 1 },
            };
            const fp_u32 kit_rows = sizeof kit_table / sizeof *kit_table;
            """;

    @Test
    @Tag("boots")
    void checkNamesEachRowThatFails() throws Exception {
        make();
        Files.writeString(kernel().resolve("bench.c"), ROWS);
        StringBuilder bounds = new StringBuilder("schema: 1\nsubject: mine\nbounds:\n");
        for (String operation : List.of("works", "misses", "resets", "other")) {
            bounds.append(
                    "  - {id: %s, operation: %s, claim: O(n), kind: proposed, source: {document: d, section: s}}\n"
                            .formatted(operation, operation));
        }
        Files.writeString(kernel().resolve("bounds.yaml"), bounds);

        assertThat(run(ExitStatus.TARGET, "new", kernel().toString(), "--check").out())
                .matches(
                        """
                        failed  faults PANIC: page fault \\(cpu 0, code 14, pc 0x[0-9a-f]+, address 0x10\\); \
                        1 of 3 points done, the next is faults n=2, in faults \\(the kernel panicked\\)
                        ok      works: 3 points
                        failed  misses n=4: it did nothing
                        failed  resets RESET: exit status 0, kernel state RUNNING, \
                        1 of 3 points done, the next is resets n=2 \\(the machine reset \\(a triple fault or a reboot\\) or switched itself off\\)
                        NOT_EXERCISED  resets: resets gives no values
                        NOT_EXERCISED  other: the table has no row of other
                        """);
    }

    /** Rows that were finished before a fault are decided; the others are named. */
    @Test
    @Tag("boots")
    void aFaultLeavesTheEarlierRowsDecided() throws Exception {
        make();
        String faults = "    { \"faults\", \"faults\", \"none\", \"n\", 1, 4, faults, 0, 1 },\n";
        Files.writeString(
                kernel().resolve("bench.c"),
                ROWS.replace(faults, "").replace("    { \"misses\"", faults + "    { \"misses\""));
        StringBuilder bounds = new StringBuilder("schema: 1\nsubject: mine\nbounds:\n");
        for (String operation : List.of("works", "faults", "misses")) {
            bounds.append(
                    "  - {id: %s, operation: %s, claim: max <= 50 instructions, kind: proposed, source: {document: d, section: s}}\n"
                            .formatted(operation, operation));
        }
        Files.writeString(kernel().resolve("bounds.yaml"), bounds);
        build();

        CapturedConsole console = validated(ExitStatus.TARGET);
        assertThat(console.out())
                .contains("✓ 1 HOLDS   ○ 2 NOT_EXERCISED")
                .containsPattern("works +max <= 50 +HOLDS");
        assertThat(console.err())
                .containsPattern(
                        "no samples: faults n=2: boot 0 failed: PANIC: page fault .*; 4 of 12 points done, the next is faults n=2")
                .contains(
                        "no samples: faults: the failed boot did not reach 1 of its points",
                        "no samples: misses: the failed boot did not reach 3 of its points");
    }

    /** Skeletons give no values before they are filled in, and what is missing names itself. */
    @Test
    @Tag("boots")
    void aSkeletonGivesNoValuesAndAStubNamesItself() throws Exception {
        Path source =
                Files.writeString(
                        folder.resolve("a.c"),
                        """
                        int elsewhere(int);
                        static int count;
                        int twice(int n) { count += n; return elsewhere(n) + count; }
                        """);
        assertThat(make("--sources", source.toString(), "--function", "twice").out())
                .contains("stubs.c names itself and stops the kernel for elsewhere\n")
                .contains("static variables: 1, listed in foreign.mk");
        build();
        assertThat(run(ExitStatus.TARGET, "new", kernel().toString(), "--check").out())
                .isEqualTo(
                        """
                        failed  twice n=1: twice: prepare it in bench.c, and delete kit_todo
                        NOT_EXERCISED  twice: twice gives no values
                        """);

        Path bench = kernel().resolve("bench.c");
        Files.writeString(bench, Files.readString(bench).replaceFirst(" *kit_todo\\(.*\n", ""));
        assertThat(run(ExitStatus.TARGET, "new", kernel().toString(), "--check").out())
                .contains("failed  twice PANIC: elsewhere is missing: write it in stubs.c ")
                .contains(", in elsewhere ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--function f: name the code that has it, with --objects or --sources|--function f",
                "--compile-commands has the flags of sources: name those to compile with --sources|--compile-commands c.json",
                "no file nothing.c|--sources nothing.c",
                "no file nothing.o|--objects nothing.o",
                "README.md is no object file: want an object file for microvm, or a library *.a|--objects README.md",
                "--check writes nothing: leave the options of code out|--check --function f",
            })
    void optionsThatDoNotGoTogetherAreRefused(String sample) {
        String[] parts = sample.split("\\|", -1);
        List<String> words = new ArrayList<>(List.of("new", kernel().toString()));
        words.addAll(List.of(parts[1].split(" ")));

        assertThat(run(ExitStatus.USAGE, words.toArray(String[]::new)).err())
                .isEqualTo("feuerprobe: " + parts[0] + "\n");
        assertThat(kernel()).doesNotExist();
    }

    @Test
    void whatCannotBeCompiledOrFoundLeavesNothingBehind() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.c"), "int f( {\n");
        Path whole =
                Files.writeString(folder.resolve("whole.c"), "int zalloc(int n) { return n; }\n");

        assertThat(
                        run(
                                        ExitStatus.USAGE,
                                        "new",
                                        kernel().toString(),
                                        "--sources",
                                        broken.toString())
                                .err())
                .startsWith("feuerprobe: " + broken + " failed (make ")
                .contains("error: expected");
        assertThat(
                        run(
                                        ExitStatus.USAGE,
                                        "new",
                                        kernel().toString(),
                                        "--sources",
                                        whole.toString(),
                                        "--function",
                                        "zaloc")
                                .err())
                .isEqualTo(
                        "feuerprobe: --function zaloc: no file has a function of this name (or the compiler inlined it: give it __attribute__((noipa))); did you mean zalloc?\n");
        assertThat(kernel()).doesNotExist();
        assertThat(run(ExitStatus.USAGE, "new", folder.toString(), "--check").err())
                .isEqualTo(
                        "feuerprobe: %s has no kit.c: name a folder that feuerprobe new has written\n"
                                .formatted(folder));
    }
}
