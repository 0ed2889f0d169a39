package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The search for changes of regime leaves out fits that cannot win: it finds what it would with
 * them.
 */
final class RegimeSearchTests {
    private static final double[] SIZES = {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};

    /** A cost, and the bound that is claimed of it. */
    record Law(String bound, String name, DoubleUnaryOperator cost) {
        @Override
        public String toString() {
            return name + " under " + bound;
        }

        Expression expression() {
            return ((Claim.Asymptotic) Claim.parse(bound, Claim.Mode.UPPER)).expression();
        }

        SearchSpace space(double noise, int seed) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Point> points = new ArrayList<>();
            for (double n : SIZES) {
                double[] values = new double[5];
                for (int i = 0; i < values.length; i++) {
                    values[i] = cost.applyAsDouble(n) * (1 + noise * random.nextGaussian());
                }
                points.add(new Point(Map.of("n", n), List.of(values)));
            }
            DataSet data = new DataSet("law", "value", false, points);
            Condensed condensed = Condenser.condense(data, List.of("n"));
            return new SearchSpace(
                    condensed,
                    new Design(condensed, TermDictionary.over(List.of("n"), expression())));
        }
    }

    static Stream<Law> laws() {
        Map<String, DoubleUnaryOperator> costs =
                Map.of(
                        "600", n -> 600,
                        "300 + 20n", n -> 300 + 20 * n,
                        "600 + 20 log n", n -> 600 + 20 * Math.log(n),
                        "a step", n -> n > 256 ? 1800 : 600,
                        "a factor", n -> (200 + 0.8 * n) * (n > 256 ? 1.5 : 1),
                        "two factors", n -> (200 + n) * (n > 64 ? 2 : 1) * (n > 512 ? 2 : 1),
                        "levels off", n -> 600 + 3000 * n / (n + 40));
        return costs.entrySet().stream()
                .flatMap(cost ->
                        Stream.of("O(1)", "O(n)", "O(log n)")
                                .map(bound -> new Law(bound, cost.getKey(), cost.getValue())));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void findsTheSameWithoutTheFitsThatCannotWin(Law law) {
        for (int seed = 0; seed < 2; seed++) {
            for (double inflation : new double[] {1, 20}) {
                SearchSpace space = law.space(seed % 2 == 0 ? 0.01 : 0.05, seed);
                Score score = new Score(40, inflation, space.points);
                Shortlist all = searched(space, score, Limited.NO);
                for (Limited limited : List.of(Limited.TO_ALL, Limited.TO_BEST)) {
                    Shortlist some = searched(space, score, limited);
                    for (Predicate<Hypothesis> wanted : questions(limited)) {
                        assertThat(some.best(score, wanted).map(score::of))
                                .as("seed %s, inflation %s, %s", seed, inflation, limited)
                                .isEqualTo(all.best(score, wanted).map(score::of));
                    }
                }
            }
        }
    }

    /** Which fits are left out: none, or those that cannot be the best of some kind. */
    private enum Limited {
        NO,
        TO_ALL,
        TO_BEST
    }

    private static Shortlist searched(SearchSpace space, Score score, Limited limited) {
        Shortlist shortlist = new Shortlist();
        new SmoothSearch(space, shortlist, space.points - 1).run();
        if (limited != Limited.NO) {
            shortlist.limit(score, 1, limited == Limited.TO_ALL);
        }
        new RegimeSearch(space, shortlist, space.points - 1).run();
        new LevellingSearch(space, shortlist, space.points - 1).run(1);
        return shortlist;
    }

    /** What the analyst asks the list for. */
    private static List<Predicate<Hypothesis>> questions(Limited limited) {
        List<Predicate<Hypothesis>> questions =
                new ArrayList<>(
                        List.of(
                                h -> true,
                                h -> !h.lonely(),
                                h -> h.within() && !h.lonely(),
                                h -> h.within() && h.lonely(),
                                h -> !h.within() && !h.lonely(),
                                h -> h.within() && !h.lonely() && h.reached() == 1));
        if (limited == Limited.TO_ALL) {
            questions.add(h -> h.dominant() && !h.lonely());
        }
        return questions;
    }

    @Test
    void leavesOutMostFits() {
        SearchSpace space = new Law("O(n)", "300 + 20n", n -> 300 + 20 * n).space(0.01, 1);
        Score score = new Score(40, 1, space.points);
        Shortlist shortlist = searched(space, score, Limited.TO_ALL);

        double limit = shortlist.limit(space.terms.getFirst(), false);

        assertThat(shortlist.mostSquares(limit, 4, 2, 12)).isNegative();
    }

    @Test
    void stretchesOfStraightLinesMissByNoMoreThanTheLawDoes() {
        SearchSpace space = new Law("O(1)", "a step", n -> n > 256 ? 1800 : 600).space(0.05, 3);
        double[] column = space.columns.getFirst();
        List<Integer> places = List.of(1, 3, 5, 8);
        Segments segments = new Segments(space, places, column);

        SmallFit two = new SmallFit(space.target);
        for (int[] stretch : new int[][] {{0, 4}, {4, 6}, {6, 10}}) {
            two.add(part(space.intercept, stretch));
            two.add(part(column, stretch));
        }

        assertThat(segments.least(1, 2)).isCloseTo(two.squares(), within(1e-3));
    }

    @Test
    void limitsOfOneKindAreTheFitsThemselves() {
        SearchSpace space = new Law("O(1)", "a line", n -> 600 + n).space(0.05, 4);
        double[] column = space.columns.get(1);
        List<Integer> places = List.of(1, 3, 5, 8);
        Segments segments = new Segments(space, places, column);
        SmallFit levels = new SmallFit(space.target);
        levels.add(space.intercept);
        levels.add(column);
        levels.add(part(space.intercept, new int[] {4, 10}));
        levels.add(part(space.intercept, new int[] {6, 10}));
        SmallFit slopes = new SmallFit(space.target);
        slopes.add(space.intercept);
        slopes.add(column);
        slopes.add(part(column, new int[] {4, 10}));
        slopes.add(part(column, new int[] {6, 10}));
        double slope = levels.coefficients()[1];

        assertThat(segments.leastOfLevels(1, 2)).isCloseTo(levels.squares(), within(1e-3));
        assertThat(segments.leastOfSlopes(1, 2)).isCloseTo(slopes.squares(), within(1e-3));
        assertThat(segments.levelsAreBelow(slope * 1.001, 1, 2)).isTrue();
        assertThat(segments.levelsAreBelow(slope * 0.999, 1, 2)).isFalse();
    }

    @Test
    void productsOfPairsGiveTheFitOfAPair() {
        SearchSpace space = new Law("O(1)", "a curve", n -> 600 + n + n * n).space(0.05, 5);
        PairScreen screen = new PairScreen(space, space.terms.size());
        for (int j = 1; j < space.terms.size(); j++) {
            SmallFit fit = new SmallFit(space.target);
            fit.add(space.intercept);
            fit.add(space.columns.getFirst());
            fit.add(space.columns.get(j));

            assertThat(screen.least(0, j))
                    .as(space.terms.get(j).product().toString())
                    .isLessThanOrEqualTo(fit.squares())
                    .isCloseTo(fit.squares(), within(fit.squares() * 1e-3));
        }
    }

    private static double[] part(double[] column, int[] stretch) {
        double[] part = new double[column.length];
        System.arraycopy(column, stretch[0], part, stretch[0], stretch[1] - stretch[0]);
        return part;
    }
}
