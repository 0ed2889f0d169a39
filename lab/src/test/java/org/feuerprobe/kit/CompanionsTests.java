package org.feuerprobe.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.harness.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Is the rest of the code offered to a benchmark: what undoes, and what knows its structures? */
final class CompanionsTests {
    private static final DebugInfo.Prototype ZALLOC =
            new DebugInfo.Prototype(
                    "zalloc",
                    new CType.Function(
                            new CType.Pointer(new CType.Nothing()),
                            List.of(new CType.Scalar("int", true)),
                            false),
                    List.of("size"));

    @TempDir private Path folder;

    /** A function of this name that takes nothing and returns nothing. */
    private static DebugInfo.Prototype named(String name) {
        return new DebugInfo.Prototype(
                name, new CType.Function(new CType.Nothing(), List.of(), false), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "zalloc, zfree",
        "kmalloc, kfree",
        "cap_table_alloc, cap_table_remove",
        "list_add, list_del",
        "ListInsert, ListRemove",
        "stack_push, stack_pop",
        "queue_enqueue, queue_dequeue",
        "lock, unlock",
        "page_map, page_unmap",
        "exo_send, exo_recv",
        "hashmap_set, hashmap_delete",
        "hashmap_delete, hashmap_set",
    })
    void anOppositeIsFoundByItsName(String function, String opposite) {
        Companions companions =
                new Companions(List.of(named("zone"), named(function), named(opposite)));

        assertThat(companions.undoing(named(function), List.of())).contains(opposite + "();");
    }

    /** "address" contains "add", and so does "padding". */
    @ParameterizedTest
    @CsvSource({"address, removeress", "padding, pdelding", "reset, reunset", "alloc, other"})
    void aWordWithinAWordHasNoOpposite(String function, String other) {
        assertThat(
                        new Companions(List.of(named(function), named(other)))
                                .undoing(named(function), List.of()))
                .isEmpty();
    }

    @Test
    void aCallThatUndoesGetsWhatTheFunctionReturned() {
        DebugInfo.Prototype zfree =
                new DebugInfo.Prototype(
                        "zfree",
                        new CType.Function(
                                new CType.Nothing(),
                                List.of(
                                        new CType.Pointer(new CType.Nothing()),
                                        new CType.Scalar("int", true),
                                        new CType.Scalar("double", false)),
                                false),
                        List.of("object", "bytes", "weight"));

        assertThat(new Companions(List.of(zfree)).undoing(ZALLOC, List.of("size")))
                .contains("zfree(result, size, 0);");
    }

    private DebugInfo info(int number, String source) throws Exception {
        Path file = Files.writeString(folder.resolve(number + ".c"), source);
        Path object = folder.resolve(number + ".o");
        Toolchain tools = Toolchain.of(Machine.MICROVM);
        List<String> command = new ArrayList<>(List.of(tools.compiler()));
        command.addAll(tools.flags());
        command.addAll(List.of("-g", "-O2", "-c", "-o", object.toString(), file.toString()));
        Tool.output(file.toString(), command);
        return DebugInfo.of(
                Tool.output(
                        "reading " + object,
                        List.of("readelf", "--wide", "--debug-dump=info", object.toString())),
                number);
    }

    @Test
    void theRestOfTheCodeIsDeclared() throws Exception {
        DebugInfo first =
                info(
                        1,
                        """
                        struct zone { struct slab *slabs; struct { int a; } in; };
                        extern int total;
                        int total = 1;
                        static struct zone zones[3];
                        void *zalloc(struct zone *z) { total++; return z ? z->slabs : (void *)&zones[total]; }
                        void zfree(struct zone *z, void *p) { z->slabs = p; }
                        int count(int n) { static int calls; return calls += n; }
                        """);
        DebugInfo second =
                info(
                        2,
                        """
                        struct zone { struct slab *slabs; struct { int a; } in; };
                        int same(struct zone *z) { return z->in.a; }
                        """);
        DebugInfo third =
                info(
                        3,
                        """
                        struct zone { long other; };
                        long differs(struct zone *z) { return z->other; }
                        int say(__builtin_va_list list) { return __builtin_va_arg(list, int); }
                        """);
        TypesHeader header = new TypesHeader();
        header.add(first, first.function("zalloc").orElseThrow());

        assertThat(header.offer(first, first.function("zfree").orElseThrow())).isTrue();
        assertThat(header.offer(first, first.function("count").orElseThrow())).isTrue();
        assertThat(header.offer(second, second.function("same").orElseThrow())).isTrue();
        assertThat(header.offer(third, third.function("differs").orElseThrow())).isFalse();
        assertThat(header.offer(third, third.function("say").orElseThrow())).isFalse();
        first.variables().forEach((name, type) -> header.offer(first, name, type));

        assertThat(header.text())
                .contains(
                        """
                        void *zalloc(struct zone *);

                        /* What else the code has: to prepare, to check and to undo. */
                        int count(int);
                        int same(struct zone *);
                        void zfree(struct zone *, void *);

                        /* Its variables. To use a static one, take the # from its line in foreign.mk. */
                        """)
                .contains("extern int total;\n", "extern struct zone zones[3];\n")
                .containsOnlyOnce("struct zone {");
        assertThat(header.measured()).doesNotContain("zfree", "total");
        Files.writeString(folder.resolve("types.h"), header.text());
        Tool.output(
                "types.h",
                List.of(
                        "gcc",
                        "-Wall",
                        "-Werror",
                        "-fsyntax-only",
                        folder.resolve("types.h").toString()));
        assertThat(
                        new Companions(
                                        List.of(
                                                first.function("zfree").orElseThrow(),
                                                first.function("count").orElseThrow(),
                                                second.function("same").orElseThrow()))
                                .related(first.function("zalloc").orElseThrow()))
                .containsExactly("same", "zfree");
    }

    @Test
    void twoStructuresOfOneNameAreNotMeasuredTogether() throws Exception {
        DebugInfo first = info(1, "struct s { int a; }; int f(struct s *s) { return s->a; }");
        DebugInfo second = info(2, "struct s { long b; }; long g(struct s *s) { return s->b; }");
        TypesHeader header = new TypesHeader();
        header.add(first, first.function("f").orElseThrow());

        assertThatThrownBy(() -> header.add(second, second.function("g").orElseThrow()))
                .isInstanceOf(LabException.class)
                .hasMessage(
                        "--function g: it takes struct s, which is another structure in the file of an earlier --function: measure the two in different kernels");
    }
}
