package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every output that README and documents show is what the command prints now. */
class DocumentedSessionTests {
    static Stream<DocumentedSession> quick() throws IOException {
        return DocumentedSession.all().stream().filter(DocumentedSession::isQuick);
    }

    static Stream<DocumentedSession> booting() throws IOException {
        return DocumentedSession.all().stream().filter(session -> !session.isQuick());
    }

    @ParameterizedTest
    @MethodSource("quick")
    void aSampleThatBootsNothingIsTrue(DocumentedSession session, @TempDir Path folder)
            throws Exception {
        session.check(folder);
    }

    @ParameterizedTest
    @MethodSource("booting")
    @Tag("boots")
    void aSampleOfACampaignIsTrue(DocumentedSession session, @TempDir Path folder)
            throws Exception {
        session.check(folder);
    }

    @Test
    void theReadmeShowsAllThreeQuickStarts() throws IOException {
        assertThat(DocumentedSession.all().stream().map(DocumentedSession::where))
                .filteredOn(where -> where.startsWith("README.md:"))
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aSessionHasCommandsOutputsAndStatuses() {
        List<DocumentedSession> sessions =
                DocumentedSession.of(
                        "page.md",
                        """
                        Text.

                        ```console
                        $ feuerprobe check 'a b.csv'
                        one
                        $ echo $?
                        1
                        $ feuerprobe --version
                        ```
                        """);
        assertThat(sessions).hasSize(1);
        DocumentedSession session = sessions.getFirst();
        assertThat(session.where()).isEqualTo("page.md:3");
        assertThat(session.isQuick()).isTrue();
        assertThat(session.commands())
                .containsExactly(
                        new DocumentedSession.Command(
                                "feuerprobe check 'a b.csv'", List.of("one"), 1),
                        new DocumentedSession.Command("feuerprobe --version", List.of(), 0));
        assertThat(session.commands().getFirst().words())
                .containsExactly("feuerprobe", "check", "a b.csv");
    }

    @Test
    void onlyDotsStandForOtherText() {
        List<String> shown = List.of("bounds in … s", "…", "✓ a.c  HOLDS");
        assertThat("bounds in 7.6 s\n✓ a.c  HOLDS\n").matches(DocumentedSession.pattern(shown));
        assertThat("bounds in 7.6 s\nx\ny\n✓ a.c  HOLDS\n")
                .matches(DocumentedSession.pattern(shown));
        assertThat("bounds in 7.6 s\n✓ abc  HOLDS\n")
                .doesNotMatch(DocumentedSession.pattern(shown));
        assertThat("bounds in 7.6 s\n✓ a.c  HOLDS\nmore\n")
                .doesNotMatch(DocumentedSession.pattern(shown));
        assertThat("one\n").doesNotMatch(DocumentedSession.pattern(List.of()));
    }
}
