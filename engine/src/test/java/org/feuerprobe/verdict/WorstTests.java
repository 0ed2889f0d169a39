package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.sample.Estimate;
import org.junit.jupiter.api.Test;

/** Of two points, the one that stands for both: every pair of one list, and both ways round. */
class WorstTests {
    private static Decision decision(VerdictKind kind, double confidence, double statistic) {
        StatisticEvidence evidence =
                new StatisticEvidence(
                        "max",
                        Estimate.exact(statistic),
                        1,
                        1,
                        statistic,
                        0,
                        Optional.empty(),
                        Optional.empty());
        return new Decision(
                kind,
                Optional.empty(),
                Optional.of(confidence),
                false,
                "why",
                Optional.empty(),
                Optional.empty(),
                0,
                Map.of(),
                List.of(),
                Optional.of(evidence),
                Optional.empty(),
                List.of());
    }

    /** A violation is the worse the surer it is; all else is the worse the less sure it is. */
    private static final List<Decision> WORST_FIRST =
            List.of(
                    decision(VerdictKind.VIOLATED, 1.0, 5),
                    decision(VerdictKind.VIOLATED, 0.99, 50),
                    decision(VerdictKind.VIOLATED, 0.96, 70),
                    decision(VerdictKind.INCONCLUSIVE, 0.5, 1),
                    decision(VerdictKind.INCONCLUSIVE, 0.9, 90),
                    decision(VerdictKind.HOLDS, 0.95, 3),
                    decision(VerdictKind.HOLDS, 0.99, 9),
                    decision(VerdictKind.HOLDS, 0.99, 8),
                    decision(VerdictKind.HOLDS, 1.0, 100),
                    decision(VerdictKind.LOOSE, 0.3, 100));

    @Test
    void everyPairOfDecisionsIsOrderedByVerdictThenConfidenceThenStatistic() {
        for (int i = 0; i < WORST_FIRST.size(); i++) {
            for (int j = 0; j < WORST_FIRST.size(); j++) {
                assertThat(Worst.worse(WORST_FIRST.get(i), WORST_FIRST.get(j)))
                        .as("%d worse than %d", i, j)
                        .isEqualTo(i < j);
            }
        }
    }

    @Test
    void aDecisionWithoutConfidenceIsTheLeastSure() {
        Decision open = Decision.open("why", Map.of(), new Advice(List.of(), 1, 0, "why"));
        Decision nearlyOpen = decision(VerdictKind.INCONCLUSIVE, 0.01, 4);

        assertThat(Worst.worse(open, nearlyOpen)).isTrue();
        assertThat(Worst.worse(nearlyOpen, open)).isFalse();
    }

    @Test
    void aDecisionWithoutStatisticIsNotWorseThanOneWith() {
        Decision without =
                new Decision(VerdictKind.HOLDS, Optional.empty(), Optional.of(0.99), false, "why");
        Decision with = decision(VerdictKind.HOLDS, 0.99, -1e300);

        assertThat(Worst.worse(with, without)).isTrue();
        assertThat(Worst.worse(without, with)).isFalse();
    }
}
