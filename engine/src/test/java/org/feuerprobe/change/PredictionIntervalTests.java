package org.feuerprobe.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PredictionIntervalTests {
    /** Mean 100, spread 10: s² = (100 + 0 + 100) / 2. */
    private static final PredictionInterval BEFORE =
            PredictionInterval.of(new double[] {90, 100, 110}, 0);

    @Test
    void theNextRunVariesAndTheMeanIsNotKnown() {
        assertThat(BEFORE.mean()).isEqualTo(100);
        assertThat(BEFORE.error()).isCloseTo(10 * Math.sqrt(4.0 / 3), within(1e-12));
    }

    /** A higher level varies more, in proportion; a lower one is not taken to vary less. */
    @Test
    void theSpreadGrowsWithTheLevelAndNeverShrinks() {
        PredictionInterval higher = BEFORE.movedTo(180, 220);
        assertThat(higher.mean()).isEqualTo(200);
        assertThat(higher.error()).isCloseTo(20 * Math.sqrt(1.5), within(1e-12));
        PredictionInterval lower = BEFORE.movedTo(50);
        assertThat(lower.mean()).isEqualTo(50);
        assertThat(lower.error()).isCloseTo(10 * Math.sqrt(2), within(1e-12));
    }

    @Test
    void theSmallestSpreadIsAssumed() {
        assertThat(PredictionInterval.of(new double[] {5, 5, 5}, 2).error())
                .isCloseTo(2 * Math.sqrt(4.0 / 3), within(1e-12));
    }
}
