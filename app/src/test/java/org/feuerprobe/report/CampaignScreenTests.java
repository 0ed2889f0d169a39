package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.results.StoredResults.UnreadableResultsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CampaignScreenTests {
    @TempDir Path folder;

    @Test
    void oneScreenHoldsACampaignOfAnySize() throws Exception {
        StoredCampaign large = read(SyntheticResults.large(400));
        for (int columns : new int[] {0, 40, 60, 80, 132}) {
            String text = new CampaignScreen(false, columns).of(large);
            assertThat(text.lines().count()).as("%d columns", columns).isLessThanOrEqualTo(42);
            assertThat(text).contains("✗ 400 VIOLATED", "more: --all", "✓ HOLDS by claim");
        }
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
