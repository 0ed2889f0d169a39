package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.campaign.TimedResults;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.CounterRate;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ClockFitness;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is called a cycle, and when a bound in cycles is decided. */
@Tag("boots")
class CyclesTests {
    private static final long[] AGREES = {1000, 400, 1000, 400, 1000, 401};
    private static final long[] APART = {1000, 1000, 1000, 1300, 1000, 800};

    @TempDir private Path folder;

    /** Is asked for its name only. */
    private record Named(String name, String metric, boolean exact) implements Target {
        @Override
        public BootOutcome boot(Plan plan, int number, Progress progress) {
            throw new AssertionError("nothing is booted");
        }
    }

    /** A hundred ticks of a counter, while the core ran one and a half cycles in each. */
    @Test
    void whatIsShownIsCyclesOfTheCore() {
        Target core = new Named("native", "cycles", false);
        NativeClock clock = new NativeClock(25, 50, 75, new CounterRate(2.5e9, 0), 1.5, 3, 4);
        CampaignResult ticks = TimedResults.of(ClockFitness.of(new long[] {50}, Map.of(2, AGREES)));

        List<Measurement> shown =
                new Calibration(core, "", Optional.of(clock))
                        .beside(core, ticks, List.of())
                        .measurements();

        assertThat(shown).hasSize(2).allMatch(m -> m.metric().equals("cycles"));
        assertThat(shown.getFirst().summary().median()).isEqualTo(150);
        assertThat(shown.getFirst().overhead().min()).isEqualTo(75);
    }

    /** Elsewhere a cycle is what the kernel reads. */
    @Test
    void anotherClocksTicksStayWhatTheyAre() {
        Target board = new Named("image", "cycles", false);
        CampaignResult ticks = TimedResults.untold();

        assertThat(new Calibration(board, "", Optional.empty()).beside(board, ticks, List.of()))
                .isEqualTo(ticks);
    }

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
