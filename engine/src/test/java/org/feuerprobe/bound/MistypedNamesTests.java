package org.feuerprobe.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MistypedNamesTests {
    private static final Map<String, Set<String>> CATALOGUE =
            Map.of(
                    "exo_yield_to", Set.of("environments"),
                    "exo_send_copy", Set.of("bytes"),
                    "null_syscall", Set.of());

    @Test
    void namesAMistypedOperationWithItsPlace() throws BoundsFileException {
        assertThat(problems(bound("exo_yield", "O(1)")))
                .containsExactly(
                        "f:5:16: unknown operation 'exo_yield'; did you mean exo_yield_to?");
    }

    @Test
    void namesAMistypedPart() throws BoundsFileException {
        assertThat(
                        problems(
                                bound("exo_yield_to", "O(1)")
                                        + "    parts: [{operation: null_sycsall}]\n"))
                .containsExactly(
                        "f:9:25: unknown operation 'null_sycsall'; did you mean null_syscall?");
    }

    @Test
    void namesAParameterThatTheOperationLacks() throws BoundsFileException {
        assertThat(problems(bound("exo_yield_to", "O(N)")))
                .containsExactly(
                        "f:6:12: exo_yield_to has no parameter 'N', its benchmarks vary environments;"
                                + " did you mean environments?");
        assertThat(problems(bound("exo_yield_to", "O(environments)"))).isEmpty();
        assertThat(problems(bound("null_syscall", "O(N)"))).isEmpty();
    }

    /** What the target lacks on purpose is not exercised, which is no error. */
    @Test
    void leavesOtherNamesAlone() throws BoundsFileException {
        assertThat(problems(bound("page_fault", "O(1)"))).isEmpty();
        String both = bound("exo_send_copy", "O(1)") + bound("exo_send_cap", "O(1)", "b");
        assertThat(problems(both)).isEmpty();
        assertThat(problems(bound("exo_send_copy", "O(1)") + bound("exo_send_cpoy", "O(1)", "b")))
                .hasSize(1);
    }

    /** A kernel may lack any one of the operations that our own file bounds. */
    @Test
    void ourOwnBoundsHaveNoTwoNamesThatLookMistyped() throws BoundsFileException {
        BoundsFile file = BoundsFile.read(Path.of("bounds/feuerbird.yaml"));
        Set<String> all = Bound.operations(file.bounds());
        assertThat(all).hasSizeGreaterThan(60);
        for (String absent : all) {
            Map<String, Set<String>> catalogue = new HashMap<>();
            all.forEach(name -> catalogue.put(name, Set.of()));
            catalogue.remove(absent);
            assertThat(new MistypedNames(catalogue).of("f", file, file.bounds()))
                    .as(absent)
                    .isEmpty();
        }
    }

    private static List<String> problems(String bounds) throws BoundsFileException {
        BoundsFile file = BoundsFile.parse("f", "schema: 1\nsubject: S\nbounds:\n" + bounds);
        return new MistypedNames(CATALOGUE).of("f", file, file.bounds());
    }

    private static String bound(String operation, String claim) {
        return bound(operation, claim, "a");
    }

    private static String bound(String operation, String claim, String id) {
        return """
          - id: %s
            operation: %s
            claim: %s
            kind: target
            source: {document: d, section: s}
        """
                .formatted(id, operation, claim);
    }
}
