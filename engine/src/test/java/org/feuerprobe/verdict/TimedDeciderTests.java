package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Resolution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Absolute claims on timed values, where the clock has steps. */
class TimedDeciderTests {
    private static final Resolution STEPS = new Resolution(26, 1, 1);
    private static final long OVERHEAD = 52;

    private static Decision decide(String claim, List<BootSamples> boots) {
        Measurement measurement =
                new Measurement("op", "op/any", "native", "cycles", new LinkedHashMap<>(), boots);
        return new TimedDecider(
                        (Claim.Absolute) Claim.parse(claim, Claim.Mode.UPPER), "cycles", STEPS)
                .decide(List.of(measurement));
    }

    private static Decision decide(String claim, LongUnaryOperator cost, int n, int boots) {
        LongStream indices = LongStream.range(0, n);
        long[] values = indices.map(cost).map(value -> value + OVERHEAD).toArray();
        long[] twin = LongStream.generate(() -> OVERHEAD).limit(n).toArray();
        return decide(
                claim,
                IntStream.range(0, boots)
                        .mapToObj(b -> new BootSamples(b, b, 1, values, twin))
                        .toList());
    }

    @Test
    void oneBootIsNotCalledSeveral() {
        assertThat(decide("p99 <= 100 cycles", i -> 26, 600, 1).reason())
                .contains(" in the only boot, one-sided");
        assertThat(decide("p99 <= 100 cycles", i -> 26, 600, 2).reason())
                .contains(" in the quietest of 2 boots, one-sided");
    }

    @Test
    void holdsWhenEvenTheUpperEndsHold() {
        Decision decision = decide("p99 <= 100 cycles", i -> 52, 1000, 2);

        assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(decision.reason())
                .contains("n = 2,000")
                .contains("quantum 26 ticks")
                .contains("overhead 52 ticks")
                .contains("one-sided confidence 1.0000");
    }

    @Test
    void isViolatedWhenEvenTheLowerEndsBreakIt() {
        assertThat(decide("p99 <= 100 cycles", i -> i % 10 == 0 ? 400 : 52, 1000, 2).kind())
                .isEqualTo(VerdictKind.VIOLATED);
    }

    /** A kernel that measures 32 values a boot needs ten boots for a p99, not more of the clock. */
    @Test
    void asksForTheBootsThatTheClaimTakes() {
        Decision decision = decide("p99 <= 100 cycles", i -> 20, 32, 3);

        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.reason()).endsWith("; the claim needs about 299 values");
        assertThat(decision.advice())
                .hasValueSatisfying(advice -> assertThat(advice.boots()).isEqualTo(10));
        assertThat(decide("p99 <= 100 cycles", i -> 20, 32, 10).kind())
                .isEqualTo(VerdictKind.HOLDS);
        Decision fewBeyond = decide("p99 <= 100 cycles", i -> i == 0 ? 900 : 20, 160, 2);
        assertThat(fewBeyond.reason()).endsWith("; the claim needs about 2,268 values");
        assertThat(fewBeyond.advice())
                .hasValueSatisfying(advice -> assertThat(advice.boots()).isEqualTo(15));
    }

    @Test
    void doesNotDecideWithinOneStepOfTheClock() {
        Decision decision = decide("p99 <= 100 cycles", i -> 90, 1000, 2);

        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.reason()).contains("within what the clock resolves");
    }

    @Test
    void saysHowManyValuesAQuantileTakes() {
        Decision decision = decide("p99.9 <= 100 cycles", i -> 26, 100, 1);

        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.reason()).contains("needs about 2,995 values");
    }

    @Test
    void oneDisturbedBootDoesNotViolate() {
        long[] quiet = LongStream.generate(() -> OVERHEAD + 26).limit(1000).toArray();
        long[] loud = LongStream.generate(() -> OVERHEAD + 4000).limit(1000).toArray();
        long[] twin = LongStream.generate(() -> OVERHEAD).limit(1000).toArray();
        List<BootSamples> boots =
                List.of(
                        new BootSamples(0, 0, 1, quiet, twin),
                        new BootSamples(1, 1, 1, loud, twin));

        assertThat(decide("p99 <= 100 cycles", boots).kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
    }

    /** The only boot may be the disturbed one: a second has to say the same. */
    @Test
    void theOnlyBootDoesNotViolate() {
        for (String claim : List.of("p99 <= 100 cycles", "mean <= 100 cycles")) {
            Decision decision = decide(claim, i -> 400 + i % 2, 1000, 1);

            assertThat(decision.kind()).as(claim).isEqualTo(VerdictKind.INCONCLUSIVE);
            assertThat(decision.reason())
                    .startsWith("violated in one boot, which may be a disturbance: {}: ");
            assertThat(decision.advice())
                    .hasValueSatisfying(advice -> assertThat(advice.boots()).isEqualTo(5));
            assertThat(decide(claim, i -> 400 + i % 2, 1000, 2).kind())
                    .as(claim)
                    .isEqualTo(VerdictKind.VIOLATED);
        }
    }

    /**
     * One boot of a call that costs 26 ticks, where operation and twin are interrupted at random.
     */
    private static Decision interrupted(String claim, double share, long length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] values = new long[1000];
        long[] twin = new long[1000];
        for (int i = 0; i < 1000; i++) {
            values[i] = OVERHEAD + 26 + (random.nextDouble() < share ? length : 0);
            twin[i] = OVERHEAD + (random.nextDouble() < share ? length : 0);
        }
        return decide(claim, List.of(new BootSamples(0, 0, 1, values, twin)));
    }

    /** Under load it once said "mean between -36048.6 and 35788.3 cycles". */
    @Test
    void noCostIsBelowZero() {
        for (long seed = 1; seed <= 20; seed++) {
            Decision decision = interrupted("mean <= 42 cycles", 0.004, 10_000_000, seed);

            assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
            assertThat(decision.reason())
                    .doesNotContainPattern("-[0-9]")
                    .containsPattern(
                            "mean of at most [0-9.]+ cycles, which the noise here does not distinguish from zero, n = 1,000")
                    .endsWith(
                            "the machine interrupts too often to decide: use a quieter one, or more samples");
        }
    }

    /** Every tenth call is interrupted: the mean is 41.6, and fifty values a boot. */
    @Test
    void asksForTheBootsThatAMeanTakes() {
        LongUnaryOperator cost = i -> i % 10 == 0 ? 182 : 26;
        Decision decision = decide("mean <= 48 cycles", cost, 50, 2);

        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.reason()).endsWith("; the claim needs about 149 values");
        assertThat(decision.advice())
                .hasValueSatisfying(advice -> assertThat(advice.boots()).isEqualTo(3));
        assertThat(decide("mean <= 48 cycles", cost, 50, 3).kind()).isEqualTo(VerdictKind.HOLDS);
    }

    /** Where the mean itself is beyond the limit, more of the same would not make it hold. */
    @Test
    void asksForNoBootsWhereTheMeanIsBeyondTheLimit() {
        Decision decision = decide("mean <= 41 cycles", i -> i % 10 == 0 ? 182 : 26, 50, 2);

        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.advice()).isEmpty();
    }

    @Test
    void aCallAsFastAsItsTwinIsNotToldFromZero() {
        assertThat(decide("mean <= 42 cycles", i -> -40, 1000, 2).reason())
                .contains(
                        "mean not distinguishable from zero: the call took no longer than its twin");
    }

    /** The operation was interrupted and its twin was not: chance, which must violate seldom. */
    @Test
    @Tag("simulation")
    void seldomViolatesATrueMeanWhereTheTwinVariesToo() {
        int violated = 0;
        for (long seed = 0; seed < 400; seed++) {
            violated +=
                    interrupted("mean <= 26 cycles", 0.2, 2000, seed).kind() == VerdictKind.VIOLATED
                            ? 1
                            : 0;
        }
        assertThat(violated).isLessThanOrEqualTo(30);
    }

    @Test
    void aMaximumOfTimedValuesSaysNothing() {
        assertThat(decide("max <= 100 cycles", i -> 26, 1000, 2).kind())
                .isEqualTo(VerdictKind.INCONCLUSIVE);
    }

    @Test
    void aMaximumIsNotKeptWhereTheMedianIsNot() {
        for (String claim :
                List.of("median <= 100 cycles", "p99 <= 100 cycles", "max <= 100 cycles")) {
            assertThat(decide(claim, i -> 260, 1000, 2).kind())
                    .as(claim)
                    .isEqualTo(VerdictKind.VIOLATED);
        }
    }

    @Test
    void whatElevenPointsShowAlikeIsAsCertainAsOne() {
        long[] values =
                LongStream.range(0, 12).map(i -> (i % 12 < 10 ? 260 : 26) + OVERHEAD).toArray();
        long[] twin = LongStream.generate(() -> OVERHEAD).limit(12).toArray();
        List<BootSamples> boots =
                IntStream.range(0, 2)
                        .mapToObj(b -> new BootSamples(b, b, 1, values, twin))
                        .toList();
        for (String claim :
                List.of("median <= 100 cycles", "mean <= 100 cycles", "max <= 100 cycles")) {
            Decision one = points(claim, boots, 1);
            Decision many = points(claim, boots, 11);
            assertThat(one.kind()).as(claim).isEqualTo(VerdictKind.VIOLATED);
            assertThat(many.kind()).as(claim).isEqualTo(VerdictKind.VIOLATED);
            assertThat(many.confidence()).as(claim).isEqualTo(one.confidence());
        }
    }

    private static Decision points(String claim, List<BootSamples> boots, int points) {
        List<Measurement> all = new ArrayList<>();
        for (long n = 1; n <= points; n++) {
            LinkedHashMap<String, Long> at = new LinkedHashMap<>(Map.of("n", n));
            all.add(new Measurement("op", "op/any", "native", "cycles", at, boots));
        }
        return new TimedDecider(
                        (Claim.Absolute) Claim.parse(claim, Claim.Mode.UPPER), "cycles", STEPS)
                .decide(all);
    }

    /** The claim is just false; at 95 % it may be said to hold once in twenty times at most. */
    @Test
    @Tag("simulation")
    void seldomSaysHoldsOfAFalseClaim() {
        SplittableRandom random = new SplittableRandom(7);
        int holds = 0;
        for (int round = 0; round < 400; round++) {
            Decision decision =
                    decide(
                            "p99 <= 100 cycles",
                            i -> random.nextInt(10_000) < 105 ? 200 : 26,
                            600,
                            1);
            holds += decision.kind() == VerdictKind.HOLDS ? 1 : 0;
        }
        assertThat(holds).isLessThanOrEqualTo(30);
    }

    /** Six boots of 600 calls; half of all boots have so many slow calls, the others none. */
    private static Decision differing(String claim, double slow, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] twin = LongStream.generate(() -> OVERHEAD).limit(600).toArray();
        return decide(
                claim,
                IntStream.range(0, 6)
                        .mapToObj(b -> {
                            double share = random.nextBoolean() ? slow : 0;
                            long[] values =
                                    LongStream.generate(() ->
                                                    OVERHEAD
                                                            + 26
                                                            + (random.nextDouble() < share
                                                                    ? 200
                                                                    : 0))
                                            .limit(600)
                                            .toArray();
                            return new BootSamples(b, b, 1, values, twin);
                        })
                        .toList());
    }

    /** Both claims are just false; each may be said to hold once in twenty times at most. */
    @Test
    @Tag("simulation")
    void valuesOfBootsThatDifferCountForLess() {
        int quantiles = 0;
        int means = 0;
        for (long seed = 0; seed < 150; seed++) {
            quantiles +=
                    differing("p99 <= 100 cycles", 0.0215, seed).kind() == VerdictKind.HOLDS
                            ? 1
                            : 0;
            means += differing("mean <= 125.9 cycles", 1, seed).kind() == VerdictKind.HOLDS ? 1 : 0;
        }
        assertThat(quantiles).isLessThanOrEqualTo(12);
        assertThat(means).isLessThanOrEqualTo(12);
        assertThat(differing("p99 <= 100 cycles", 0.0215, 2).reason())
                .containsPattern("n = 3,600 \\(boots differ: as [0-9]+\\)");
    }

    /** A loop in step with the clock reads 26 for whatever lies between none and two steps. */
    @Test
    void aMeanOfValuesAllAlikeKnowsTheWholeStep() {
        assertThat(decide("mean <= 40 cycles", i -> 26, 1000, 2).kind())
                .isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decide("mean <= 52 cycles", i -> 26, 1000, 2).kind())
                .isEqualTo(VerdictKind.HOLDS);
        assertThat(decide("mean <= 40 cycles", i -> 26 + 26 * (i % 2), 1000, 2).kind())
                .isEqualTo(VerdictKind.HOLDS);
    }

    @Test
    void oneValueHasNoSpread() {
        Decision decision = decide("mean <= 1000 cycles", i -> 26, 1, 1);

        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.reason()).endsWith("; the claim needs about 2 values");
    }

    /** All of both boots is beyond, so neither is the quieter by that; the first was disturbed. */
    @Test
    void theLowerEndIsOfTheBootThatWasDisturbedLeast() {
        String reason =
                decide("p99 <= 200 cycles", List.of(boot(0, 32, 335_000), boot(1, 32, 30_000)))
                        .reason();

        assertThat(ends(reason)[0]).as(reason).isBetween(29_000.0, 30_000.0);
    }

    @Test
    @Tag("simulation")
    void theLowerEndIsNeverAboveTheUpper() {
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 300; trial++) {
            List<BootSamples> boots = new ArrayList<>();
            for (int boot = random.nextInt(1, 5); boot >= 0; boot--) {
                boots.add(boot(boot, random.nextInt(1, 200), random.nextLong(1, 1 << 20)));
            }
            String order = List.of("p50", "p90", "p99").get(random.nextInt(3));
            String reason = decide(order + " <= 5000 cycles", boots).reason();
            double[] ends = ends(reason);

            assertThat(ends[0]).as(reason).isLessThanOrEqualTo(ends[1]);
        }
    }

    private static BootSamples boot(int number, int n, long most) {
        SplittableRandom random = new SplittableRandom(most);
        return new BootSamples(
                number,
                1,
                1,
                random.longs(n, most - most / 50, most + 1).map(v -> v + 50).toArray(),
                random.longs(n, 50, 80).toArray());
    }

    private static double[] ends(String reason) {
        Matcher found = Pattern.compile("between (\\d+) and (\\d+) ").matcher(reason);
        assertThat(found.find()).as(reason).isTrue();
        return new double[] {
            Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2))
        };
    }

    /** Levels of boots are normal, and the claim on all boots' calls is just false. */
    @ParameterizedTest
    @Tag("simulation")
    @CsvSource({"2, 0.3", "2, 1", "2, 10", "3, 1", "3, 10", "6, 1", "6, 10"})
    void aFewBootsThatDifferSayLittleOfAllBoots(int boots, double apart) {
        SplittableRandom random = new SplittableRandom(boots);
        double p90 = 1000 + 100 * 1.2816 * Math.sqrt(1 + apart * apart);
        String claim = "p90 <= %d cycles".formatted((long) Math.floor(p90) - 2);
        int holds = 0;
        for (int round = 0; round < 400; round++) {
            List<BootSamples> drawn = new ArrayList<>();
            for (int boot = 0; boot < boots; boot++) {
                double level = 1000 + 100 * apart * random.nextGaussian();
                long[] values =
                        LongStream.generate(() ->
                                        OVERHEAD + Math.round(level + 100 * random.nextGaussian()))
                                .limit(200)
                                .toArray();
                drawn.add(new BootSamples(boot, boot, 1, values, new long[] {OVERHEAD}));
            }
            holds += decide(claim, drawn).kind() == VerdictKind.HOLDS ? 1 : 0;
        }
        assertThat(holds).isLessThanOrEqualTo(40);
    }
}
