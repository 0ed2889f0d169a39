package org.feuerprobe.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An accepted change as the archive keeps it. */
class AcceptanceTests {
    private static final Acceptance ONE =
            new Acceptance(
                    "2026-03-02T00:00:00Z",
                    "2026-03-01T00:00:00Z",
                    "qemu",
                    "instructions",
                    "more \"checks\"",
                    List.of("send/short N=1", "send/long"));

    @Test
    void isReadBackAsItWasWritten() throws ArchiveException {
        assertThat(Acceptance.read("a.json", ONE.json())).isEqualTo(ONE);
        assertThat(ONE.json())
                .isEqualTo(
                        "{\"schema\":1,\"at\":\"2026-03-02T00:00:00Z\",\"began\":\"2026-03-01T00:00:00Z\",\"target\":\"qemu\",\"metric\":\"instructions\",\"why\":\"more \\\"checks\\\"\",\"points\":[\"send/short N=1\",\"send/long\"]}");
    }

    /** Each part makes another identifier, and equal ones make the same. */
    @Test
    void onlyEqualAcceptancesShareAnIdentifier() {
        List<Acceptance> others =
                List.of(
                        new Acceptance("x", ONE.began(), "qemu", "instructions", "w", ONE.points()),
                        new Acceptance(ONE.at(), "x", "qemu", "instructions", "w", ONE.points()),
                        new Acceptance(
                                ONE.at(), ONE.began(), "x", "instructions", "w", ONE.points()),
                        new Acceptance(ONE.at(), ONE.began(), "qemu", "x", "w", ONE.points()),
                        new Acceptance(
                                ONE.at(), ONE.began(), "qemu", "instructions", "x", ONE.points()),
                        new Acceptance(
                                ONE.at(), ONE.began(), "qemu", "instructions", "w", List.of("x")),
                        ONE);
        Set<String> identifiers = new HashSet<>();
        for (Acceptance acceptance : others) {
            assertThat(acceptance.id()).matches("[0-9a-f]{16}");
            identifiers.add(acceptance.id());
        }
        assertThat(identifiers).hasSize(others.size());
        assertThat(
                        new Acceptance(
                                        ONE.at(),
                                        ONE.began(),
                                        ONE.target(),
                                        ONE.metric(),
                                        ONE.why(),
                                        ONE.points())
                                .id())
                .isEqualTo(ONE.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{}#a.json: is not an acceptance that this version can read: remove or mend it",
                "{\"schema\":2,\"points\":[]}#a.json: is not an acceptance that this version can read: remove or mend it",
                "{\"schema\":1,\"points\":3}#a.json: is not an acceptance that this version can read: remove or mend it",
                "{\"schema\":1#a.json: is not JSON: remove or mend it"
            })
    void whatIsNoneIsRefused(String json, String message) {
        assertThatThrownBy(() -> Acceptance.read("a.json", json))
                .isInstanceOf(ArchiveException.class)
                .hasMessage(message);
    }

    @Test
    void absentTextsAreEmpty() throws ArchiveException {
        assertThat(Acceptance.read("a.json", "{\"schema\":1,\"points\":[]}"))
                .isEqualTo(new Acceptance("", "", "", "", "", List.of()));
    }
}
