package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.results.ChangesSince;
import org.feuerprobe.results.Context;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.results.StoredResults.UnreadableResultsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CampaignScreenTests {
    private static final int[] COLUMNS = {0, 40, 60, 80, 100, 132};

    @TempDir Path folder;

    @Test
    void oneScreenHoldsACampaignOfAnySize() throws Exception {
        StoredCampaign large = read(SyntheticResults.large(400));
        for (int columns : COLUMNS) {
            String text = new CampaignScreen(false, columns).of(large);
            fits(text, columns);
            assertThat(text).contains("✗ 400 VIOLATED", "more: --all", "✓ HOLDS by claim");
        }
    }

    /** Names without a blank, reasons of a page, changes: no line is wider than the terminal. */
    @Test
    void noLineIsWiderThanTheTerminalOrAPipe() throws Exception {
        String word = "w".repeat(150);
        String reason = (word + " ").repeat(9).strip();
        StoredCampaign campaign =
                read(SyntheticResults.hostile())
                        .with(
                                new Context(
                                        Optional.of(
                                                new ChangesSince(
                                                        word,
                                                        "2026-01-01T00:00:00Z",
                                                        List.of(),
                                                        List.of(),
                                                        List.of(
                                                                new ChangesSince.Model(
                                                                        word, reason, reason)),
                                                        1,
                                                        List.of())),
                                        List.of(),
                                        List.of()));
        for (int columns : COLUMNS) {
            fits(new CampaignScreen(false, columns).of(campaign), columns);
            fits(new CampaignScreen(false, columns).of(Reports.stored(Reports.hostile())), columns);
        }
    }

    private static void fits(String text, int columns) {
        int most = columns == 0 ? 100 : Math.min(columns, 100);
        assertThat(text.lines().count()).as("%d columns", columns).isLessThanOrEqualTo(42);
        assertThat(text.lines())
                .as("%d columns", columns)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(most));
    }

    @Test
    void eachVerdictHasItsNumber() {
        String text = new CampaignScreen(false, 80).of(Reports.stored(Reports.plain()));
        assertThat(text)
                .contains("✗ alloc/VIOLATED      O(N)  VIOLATED      11 + 2·N\n")
                .contains("↓ alloc/LOOSE         O(N)  LOOSE         O(1): 31.25\n")
                .contains("✓ alloc/HOLDS  O(N)  HOLDS  11 + 2·N\n");
    }

    @Test
    void whatIsNotAsClaimedComesFirst() throws Exception {
        String text = new CampaignScreen(false, 80).of(read(SyntheticResults.rich(4)));
        assertThat(text)
                .containsSubsequence(
                        "✗ send/target",
                        "because of send/target",
                        "? open/documented",
                        "✓ send/documented",
                        "○ 1 NOT_EXERCISED",
                        "– 1 NOT_MEASURABLE");
    }

    private StoredCampaign read(SyntheticResults results) throws Exception {
        try {
            return StoredResults.read(results.write(folder.resolve("results")));
        } catch (UnreadableResultsException e) {
            throw new AssertionError(e);
        }
    }
}
