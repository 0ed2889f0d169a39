package org.feuerprobe.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is linked, what is missing, and what is there twice? */
final class LinkPlanTests {
    private static final Set<String> SHIMS = Set.of("memset", "panic", "strlen");
    private static final Set<String> KERNEL = Set.of("start", "kit_put");
    private static final Set<String> PROVIDED = Set.of("__udivti3", "end");

    private final List<LinkPlan.Part> parts = new ArrayList<>();

    /** An object, or the members of a library, as {@code nm -P} prints them. */
    private void file(String name, String posix) {
        ForeignFile file = new ForeignFile(Path.of("/there/" + name), name, false, List.of());
        Symbol.read(posix, name).forEach(member -> parts.add(new LinkPlan.Part(file, member)));
    }

    private LinkPlan plan(String... roots) {
        return LinkPlan.of(parts, List.of(roots), SHIMS, KERNEL, PROVIDED);
    }

    @Test
    void membersOfALibraryAreLinkedWhereSomethingNeedsThem() {
        file("zone.o", "zalloc T 0 10\nfirst U         \n");
        file(
                "lib.a",
                """
                lib.a[a.o]:
                first T 0 4
                second U
                lib.a[b.o]:
                second D 0 4
                lib.a[c.o]:
                third T 0 4
                fourth U
                """);

        assertThat(plan().linked().stream().map(LinkPlan.Part::text))
                .containsExactly("zone.o", "lib.a(a.o)", "lib.a(b.o)");
        assertThat(plan("third").linked()).hasSize(4);
        assertThat(plan("third").missing()).containsExactly("fourth");
    }

    @Test
    void whatIsMissingIsAShimOrAStub() {
        file(
                "zone.o",
                """
                zalloc T 0 10
                memset U
                panic U
                __udivti3 U
                end U
                kit_put U
                acquire U
                maybe w
                hidden t 0 4
                """);

        assertThat(plan().shims()).containsExactly("memset", "panic");
        assertThat(plan().missing()).containsExactly("acquire");
        assertThat(plan().twice()).isEmpty();
    }

    @Test
    void ofTwoDefinitionsTheLaterGivesWayAndAllGiveWayToTheKernel() {
        file("a.o", "one T 0 4\nstart T 0 4\nsame t 0 4\nweak W 0 4\n");
        file("b.o", "one T 0 4\nsame t 0 4\nweak W 0 4\nmemset T 0 4\n");
        file("c.o", "one B 0 4\n");

        assertThat(plan().twice().keySet()).containsExactly("one", "start");
        assertThat(plan().twice().getOrDefault("one", List.of()).stream().map(LinkPlan.Part::text))
                .containsExactly("b.o", "c.o");
        assertThat(
                        plan().twice().getOrDefault("start", List.of()).stream()
                                .map(LinkPlan.Part::text))
                .containsExactly("a.o");
    }

    @Test
    void changesAndStaticStateAreLinesOfTheMakefile() {
        file("a.o", "one T 0 4\nslabs b 0 4\nhidden t 0 4\nconstant r 0 4\ncount.1 d 0 4\n");
        file("b.o", "one T 0 4\n");
        List<ForeignFile> files = parts.stream().map(LinkPlan.Part::file).toList();

        String text = new ForeignMakefile(files).text(plan(), Set.of("hidden"));

        assertThat(text)
                .endsWith(
                        """
                        # Changed, so that it links. Of two definitions the first one wins.
                        build/foreign/b.o: EDIT += --weaken-symbol=one
                        build/foreign/a.o: EDIT += --globalize-symbol=hidden

                        # Static state. Take the # away from what an effect or a reset must reach.
                        # build/foreign/a.o: EDIT += --globalize-symbol=slabs
                        # build/foreign/a.o: EDIT += --globalize-symbol=count.1
                        """)
                .contains("build/raw/a.o: /there/a.o\n\t@mkdir -p build/raw\n\tcp $< $@\n");
    }
}
