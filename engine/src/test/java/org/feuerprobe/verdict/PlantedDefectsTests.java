package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.OrderStatistics;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;

/** Rules of verdicts that a small change of the code once broke without a failing test. */
class PlantedDefectsTests {
    private static final int VALUES = 80;

    /** If boots differ, values count for less. The number above the limit is then rounded up. */
    @Test
    void aPartOfAValueAboveTheLimitCountsAsOne() {
        Set<VerdictKind> changedByRounding = EnumSet.noneOf(VerdictKind.class);
        for (int apart = 4; apart < 24; apart++) {
            List<double[]> boots = List.of(steps(0), steps(apart));
            double effect = DesignEffect.of(boots);
            long n = Math.max(1, (long) (VALUES / effect));
            for (int limit = 1; limit < 40 + apart; limit++) {
                int most = limit;
                long above =
                        boots.stream()
                                .flatMapToDouble(Arrays::stream)
                                .filter(v -> v > most)
                                .count();
                VerdictKind right = kind(n, (long) Math.ceil(above / effect));
                Decision decision =
                        new Decider()
                                .decide(
                                        Claim.parse("median <= " + limit + " ns", Claim.Mode.UPPER),
                                        new DataSet(
                                                "",
                                                "ns",
                                                false,
                                                List.of(new Point(Map.of(), boots))));
                assertThat(decision.kind()).as("apart %d, limit %d", apart, limit).isEqualTo(right);
                if (right != kind(n, (long) Math.floor(above / effect))) {
                    changedByRounding.add(right);
                }
            }
        }
        assertThat(changedByRounding).contains(VerdictKind.VIOLATED, VerdictKind.INCONCLUSIVE);
    }

    private static double[] steps(int from) {
        return IntStream.range(from, from + VALUES / 2).asDoubleStream().toArray();
    }

    private static VerdictKind kind(long n, long above) {
        if (OrderStatistics.chanceIfKept(n, above, 0.5) <= 1 - Thresholds.LEVEL) {
            return VerdictKind.VIOLATED;
        }
        return OrderStatistics.chanceIfBroken(n, above, 0.5) <= 1 - Thresholds.LEVEL
                ? VerdictKind.HOLDS
                : VerdictKind.INCONCLUSIVE;
    }

    /** A fifth of all times grows, as interruptions may cause; the median decides. */
    @Test
    void growthOfTheSlowestTimesDoesNotRefuteGrowth() {
        assertThat(timed(2).kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(timed(2).reason()).contains("no median exceeds what the bound allows");
        assertThat(timed(4).kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(timed(6).kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    /** Checks a violation of O(1) whose data have {@code growing} of ten values at each point. */
    private static Decision timed(int growing) {
        List<Point> points = new ArrayList<>();
        for (double n = 2; n <= 65536; n *= 2) {
            double[] values = new double[10];
            Arrays.fill(values, 10);
            Arrays.fill(values, 0, growing, 10 * n);
            points.add(new Point(Map.of("n", n), List.of(values)));
        }
        Decision violated =
                new Decision(
                        VerdictKind.VIOLATED, Optional.empty(), Optional.of(0.99), false, "grows");
        return TimedGrowth.checked(
                (Claim.Asymptotic) Claim.parse("O(1)", Claim.Mode.UPPER),
                new DataSet("op", "ns", false, points),
                violated);
    }

    /** However little the values scatter, a smaller share than 0.1 % is not claimed. */
    @Test
    void undetectedGrowthIsNeverBelowATenthOfAPercent() {
        List<Point> points = new ArrayList<>();
        for (double n = 2; n <= 65536; n *= 2) {
            points.add(new Point(Map.of("n", n), List.of(new double[] {1e6, 1e6 + 0.01, 1e6})));
        }
        Decision flat =
                new Decider()
                        .decide(
                                Claim.parse("O(1)", Claim.Mode.UPPER),
                                new DataSet("op", "ns", false, points));
        assertThat(flat.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(flat.reason()).endsWith("it rises at most 0.10 % over n = 2…65536 (95 %)");
    }
}
