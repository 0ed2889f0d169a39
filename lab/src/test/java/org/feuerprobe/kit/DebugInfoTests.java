package org.feuerprobe.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.feuerprobe.guest.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Are functions and structures written as they were declared? */
final class DebugInfoTests {
    private static final String SOURCE =
            """
            struct later;
            enum colour { RED, BLUE = -3 };
            struct inner { unsigned char flag : 3, rest : 5; union { long l; void *p; } u; };
            typedef struct { char name[48]; struct inner in[2][3]; struct later *next; } big;
            typedef int call(const void *, int (*)(double));
            int by_value(big b, enum colour c, _Bool yes) { return b.name[0] + c + yes; }
            void nothing(void) {}
            big *with(call *f, const big *const b, const char *text, volatile int *x, struct later *l)
            { return (void *)(f && b && text && x && l ? b : 0); }
            double many(float x, ...) { return x; }
            """;

    @TempDir private Path folder;

    /** How binutils printed an entry before 2.39, and since. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                 <0><c>: Abbrev Number: 1 (DW_TAG_compile_unit)
                    <d>   DW_AT_name        : (indirect line string, offset: 0xb): a.c
                 <1><2e>: Abbrev Number: 2 (DW_TAG_subprogram)
                    <2f>   DW_AT_name        : (indirect string, offset: 0x9): take
                    <33>   DW_AT_type        : <0x40>
                 <2><35>: Abbrev Number: 3 (DW_TAG_formal_parameter)
                    <36>   DW_AT_name        : n
                    <38>   DW_AT_type        : <0x40>
                 <2><39>: Abbrev Number: 0
                 <1><40>: Abbrev Number: 4 (DW_TAG_base_type)
                    <41>   DW_AT_byte_size   : 8
                    <42>   DW_AT_encoding    : 7	(unsigned)
                    <43>   DW_AT_name        : (indirect string, offset: 0x13d): long unsigned int
                """,
                """
                 <0><c>: Abbrev Number: 1 (DW_TAG_compile_unit)
                    <d>   DW_AT_name        : (line_strp) (offset: 0xb): a.c
                 <1><2e>: Abbrev Number: 2 (DW_TAG_subprogram)
                    <2f>   DW_AT_name        : (strp) (offset: 0x9): take
                    <33>   DW_AT_type        : (ref4) <0x40>, long unsigned int
                 <2><35>: Abbrev Number: 3 (DW_TAG_formal_parameter)
                    <36>   DW_AT_name        : (string) n
                    <38>   DW_AT_type        : (ref4) <0x40>, long unsigned int
                 <2><39>: Abbrev Number: 0
                 <1><40>: Abbrev Number: 4 (DW_TAG_base_type)
                    <41>   DW_AT_byte_size   : (data1) 8
                    <42>   DW_AT_encoding    : (data1) 7	(unsigned)
                    <43>   DW_AT_name        : (strp) (offset: 0x13d): long unsigned int
                """
            })
    void bothFormsOfReadelfAreRead(String dump) {
        DebugInfo.Prototype take = DebugInfo.of(dump).function("take").orElseThrow();

        assertThat(take.text()).isEqualTo("long unsigned int take(long unsigned int)");
        assertThat(take.parameters()).containsExactly("n");
        assertThat(DebugInfo.of(dump).function("other")).isEmpty();
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** The compiler itself compares what is written with what was declared. */
    @ParameterizedTest
    @EnumSource
    void whatIsWrittenAgreesWithTheSource(Machine machine) throws Exception {
        Toolchain tools = Toolchain.of(machine);
        assumeTrue(
                machine.missing("true", tools.compiler(), "compiler").stream()
                        .noneMatch("compiler"::equals),
                "there is no " + tools.compiler());
        Path source = Files.writeString(folder.resolve("a.c"), SOURCE);
        Path object = folder.resolve("a.o");
        List<String> compile =
                Stream.of(
                                Stream.of(tools.compiler()),
                                tools.flags().stream(),
                                Stream.of("-g", "-w", "-c", "-o", object.toString()))
                        .flatMap(words -> words)
                        .toList();
        run(Stream.concat(compile.stream(), Stream.of(source.toString())).toArray(String[]::new));
        DebugInfo info =
                DebugInfo.of(
                        Tool.output(
                                "reading",
                                List.of(
                                        tools.prefix() + "readelf",
                                        "--wide",
                                        "--debug-dump=info",
                                        object.toString())));
        TypesHeader header = new TypesHeader();
        List<String> names = List.of("by_value", "nothing", "with", "many");
        for (String name : names) {
            header.add(info, info.function(name).orElseThrow());
        }
        header.offerNames(info);
        header.offerNames(info);

        Files.writeString(folder.resolve("types.h"), header.text());
        Path user =
                Files.writeString(
                        folder.resolve("b.c"),
                        """
                        #include "types.h"
                        static int f(const void *a, int (*g)(double)) { return a && g; }
                        int use(struct later *l) {
                            static struct big b;
                            static big *const same = &b;
                            call *g = f;
                            b.in[1][2].flag = 7;
                            nothing();
                            many(1, 2, 3);
                            return by_value(*same, BLUE, 1) + (with(g, &b, "", (void *)0, l) == &b);
                        }
                        """);
        run(
                Stream.concat(
                                compile.stream().filter(word -> !word.equals("-w")),
                                Stream.of("-Wall", "-Wextra", "-Werror", user.toString()))
                        .toArray(String[]::new));
        assertThat(header.text())
                .contains("int by_value(struct big, unsigned int, _Bool);\n")
                .contains("void nothing(void);\n")
                .contains("double many(float, ...);\n")
                .contains("_Static_assert(sizeof(struct inner) == ")
                .containsOnlyOnce("enum colour {\n    RED = 0,\n    BLUE = -3,\n};\n")
                .containsOnlyOnce("typedef struct big big;\n")
                .containsOnlyOnce("typedef int call(const void *, int (*)(double));\n");
        assertThat(header.withoutNames())
                .doesNotContain("typedef")
                .doesNotContain("enum")
                .contains("_Static_assert(sizeof(struct inner) == ");
    }

    @Test
    void aBenchmarkIsWrittenAsOneReadsIt() {
        DebugInfo.Prototype prototype =
                new DebugInfo.Prototype(
                        "zalloc",
                        new CType.Function(
                                new CType.Pointer(new CType.Nothing()),
                                List.of(new CType.Scalar("long unsigned int", true)),
                                false),
                        List.of("size"));
        Skeletons skeletons =
                new Skeletons(
                        List.of(new Skeletons.Measured(prototype, "zone.c")),
                        new Companions(List.of()));

        assertThat(skeletons.bench())
                .endsWith(
                        """
                        /* zone.c: void *zalloc(long unsigned int) */
                        static void bench_zalloc(struct fp_run *run)
                        {
                            long unsigned int size = (long unsigned int)run->n;

                            reset();
                            /* PREPARE for run->n, outside of the clock. Then delete the next line. */
                            kit_todo(run, "zalloc: prepare it in bench.c, and delete kit_todo");
                            while (fp_next(run)) {
                                void *result = 0;
                                FP_TIMED(run, result = zalloc(size));
                                (void)result;
                                /* EFFECT: say here what has happened. */
                                fp_check(run, 0, "zalloc: check its effect in bench.c");
                                /* UNDO what it did, so that the next call finds the same state. */
                            }
                        }

                        /* name, operation, effect, parameter, from, to, function, ring, processors
                         * A benchmark that does not use run->n has no parameter:
                         * { "push", "push", "the value is on top", .run = bench_push }, */
                        const struct fp_benchmark kit_table[] = {
                            { "zalloc", "zalloc", "TO SAY", "n", 1, 1024, bench_zalloc, 0, 1 },
                        };
                        const fp_u32 kit_rows = sizeof kit_table / sizeof *kit_table;
                        """);
        assertThat(skeletons.bounds("mine"))
                .endsWith(
                        "  - {id: zalloc, operation: zalloc, claim: O(1), kind: proposed, source: {document: zone.c, section: zalloc}}\n");
    }
}
