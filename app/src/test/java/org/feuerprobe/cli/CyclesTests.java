package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is called a cycle, and when a bound in cycles is decided. */
@Tag("boots")
class CyclesTests {
    private static final long[] AGREES = {1000, 400, 1000, 400, 1000, 401};
    private static final long[] APART = {1000, 1000, 1000, 1300, 1000, 800};

    @TempDir private Path folder;

    private String validate(String unit, long[]... boots) throws Exception {
        Path bounds =
                Files.writeString(
                        folder.resolve("bounds.yaml"),
                        """
                        schema: 1
                        subject: Board
                        bounds:
                          - id: yield/limit
                            operation: yield
                            claim: mean <= 100000 %s
                            kind: proposed
                            source: {document: here, section: one}
                        """
                                .formatted(unit));
        CapturedConsole console = new CapturedConsole();
        console.run(
                "validate",
                "--target",
                "image",
                "--serial",
                BoardRecording.write(folder.resolve("board.log"), boots).toString(),
                "--unit",
                unit,
                "--bounds",
                bounds.toString(),
                "--out",
                folder.resolve("in-" + unit).toString());
        return (console.out() + console.err()).replaceAll("\\s+", " ");
    }

    @Test
    void aBoardsTimeDecidesWhereTwoClocksAgree() throws Exception {
        assertThat(validate("cycles", AGREES, AGREES)).contains("1 HOLDS");
    }

    @Test
    void aBoardsTimeDecidesNothingWhereTwoClocksDiffer() throws Exception {
        for (String unit : List.of("cycles", "ns", "ticks")) {
            assertThat(validate(unit, AGREES, APART))
                    .contains(
                            "1 NOT_MEASURABLE",
                            "boots the clock was not trustworthy; boot 2: UNFIT");
        }
    }

    @Test
    void aBoardsTimeDecidesNothingWhereNothingConfirmsIt() throws Exception {
        assertThat(validate("cycles", new long[0], new long[0]))
                .contains("1 NOT_MEASURABLE", "UNKNOWN");
    }
}
