package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every possible value holds of each statistic, however few values there are. */
class CertainValuesTests {
    private static final List<String> STATISTICS =
            List.of("max", "misses", "mean", "median", "p1", "p99", "p99.99");

    private static final double VALUE = 30;

    static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (String statistic : STATISTICS) {
            for (int values : new int[] {1, 2, 20, 192}) {
                for (int points : new int[] {1, 11}) {
                    for (String limit :
                            List.of("<= 31", "<= 30", "< 30", "<= 29", "== 30", "== 31")) {
                        all.add(Arguments.of(statistic + " " + limit, values, points));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void aValueThatNeverVariesDecidesEveryStatistic(String text, int values, int points) {
        Claim.Absolute claim = (Claim.Absolute) Claim.parse(text, Claim.Mode.UPPER);
        Decision decision = new Decider().decide(claim, data(true, points, values, _ -> VALUE));
        boolean kept = claim.comparison().holds(VALUE, claim.limit());

        assertThat(decision.kind()).isEqualTo(kept ? VerdictKind.HOLDS : VerdictKind.VIOLATED);
        assertThat(decision.confidence()).hasValue(1.0);
        assertThat(decision.certificate()).isTrue();
    }

    static Stream<Arguments> statistics() {
        return STATISTICS.stream()
                .flatMap(statistic ->
                        Stream.of(" <= 29.9", " <= 31.2").map(l -> Arguments.of(statistic + l)));
    }

    @ParameterizedTest
    @MethodSource("statistics")
    void whatIsSeenAtElevenPointsIsNotLessCertainThanAtOne(String text) {
        Claim claim = Claim.parse(text, Claim.Mode.UPPER);
        Decision one = new Decider().decide(claim, data(false, 1, 20, i -> VALUE + i % 4 * 0.3));
        Decision many = new Decider().decide(claim, data(false, 11, 20, i -> VALUE + i % 4 * 0.3));

        assertThat(many.kind()).isEqualTo(one.kind());
        assertThat(many.confidence().orElseThrow())
                .isGreaterThanOrEqualTo(one.confidence().orElseThrow() - 1e-12);
    }

    private interface Value {
        double of(int index);
    }

    private static DataSet data(boolean exact, int points, int values, Value value) {
        double[] each = new double[values];
        Arrays.setAll(each, value::of);
        List<Point> all = new ArrayList<>();
        for (int n = 1; n <= points; n++) {
            all.add(new Point(Map.of("n", (double) n), List.of(each)));
        }
        return new DataSet("a", "instructions", exact, all);
    }
}
