package org.feuerprobe.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.feuerprobe.bound.Claim.Comparison;
import org.feuerprobe.bound.Claim.Mode;
import org.feuerprobe.bound.Claim.Statistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaimTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "p99 <= 1000 cycles; p99 <= 1000 cycles",
                "p99.9<5e3ns; p99.9 < 5000 ns",
                "p5.123456 < 1; p5.123456 < 1",
                "median < 2; p50 < 2",
                "  max < 50  ; max < 50",
                "mean <= 42.3 cycles; mean <= 42.3 cycles",
                "misses == 0; misses == 0",
                "max <= 1e20; max <= 1.0E20",
                "max <= 3 cache_misses/op; max <= 3 cache_misses/op",
                "max == 2 crossings; max == 2 crossings",
                "mean <= 1.5 l1d_misses; mean <= 1.5 l1d_misses",
            })
    void readsAbsoluteClaims(String text, String normal) {
        assertThat(Claim.parse(text, Mode.UPPER))
                .isInstanceOf(Claim.Absolute.class)
                .hasToString(normal);
    }

    @Test
    void keepsStatisticComparisonLimitAndUnitApart() {
        assertThat(Claim.parse("p99 <= 1000 cycles", Mode.UPPER))
                .isEqualTo(
                        new Claim.Absolute(
                                new Statistic.Quantile(0.99), Comparison.AT_MOST, 1000, "cycles"));
        assertThat(Claim.parse("misses == 0", Mode.UPPER))
                .isEqualTo(
                        new Claim.Absolute(
                                Statistic.Simple.MISSES, Comparison.EQUAL, 0, Claim.MISSES));
    }

    @ParameterizedTest
    @CsvSource({"misses == 0 cycles, 12", "misses <= 3 l1d_misses, 12"})
    void missedDeadlinesHaveNoUnit(String text, int offset) {
        refuses(
                text,
                offset,
                "misses counts missed deadlines and has no unit; for cache misses write 'max <= 5 l1d_misses'");
    }

    /** Values of another metric count no deadlines, so they decide nothing about them. */
    @ParameterizedTest
    @ValueSource(strings = {"instructions", "cycles", "ns", "l1d_misses", "value"})
    void missedDeadlinesAreNotAboutOtherValues(String metric) {
        Claim claim = Claim.parse("misses == 0", Mode.UPPER);
        assertThat(claim.in(metric)).isEmpty();
        assertThat(claim.in("misses")).contains(claim);
    }

    @Test
    void readsWhatGrows() {
        assertThat(Claim.parse("O(N^(1/2)) l2_misses", Mode.UPPER))
                .isEqualTo(
                        new Claim.Asymptotic(
                                Expression.parse("O(N^(1/2))"), Mode.UPPER, "l2_misses"))
                .hasToString("O(N^0.5) l2_misses");
    }

    @Test
    void readsAsymptoticClaimsWithTheirMode() {
        assertThat(Claim.parse(" O(n)", Mode.TIGHT))
                .isEqualTo(new Claim.Asymptotic(Expression.parse("O(n)"), Mode.TIGHT))
                .hasToString("O(n)");
    }

    @ParameterizedTest
    @CsvSource({"''", "O [n]", "5 < max"})
    void showsTheFormsWhenNoneFits(String text) {
        refuses(text, 0, "want O(...) or a statement such as 'p99 <= 1000 cycles'");
    }

    @ParameterizedTest
    @CsvSource({"p100 < 1, p100", "p < 1, p", "O > 3, O"})
    void namesTheStatistics(String text, String word) {
        refuses(
                text,
                0,
                "unknown statistic '%s', want max, mean, median, misses or a quantile such as p99.9"
                        .formatted(word));
    }

    @ParameterizedTest
    @CsvSource({"max > 5, >", "max = 5, ="})
    void namesTheRelations(String text, String relation) {
        refuses(text, 4, "unknown relation '%s', want <, <= or ==".formatted(relation));
    }

    @ParameterizedTest
    @CsvSource({"max < -5, 6", "max <, 5", "max < 5 6, 6", "max < 1e400, 6", "max < 5 %, 6"})
    void wantsALimit(String text, int offset) {
        refuses(text, offset, "want a limit and its unit behind <, as in 'p99 <= 1000 cycles'");
    }

    @ParameterizedTest
    @CsvSource({
        "max < 5 µs, max < 5000 ns",
        "p99 <= 0.1 usec, p99 <= 100 ns",
        "mean <= 2.5 Milliseconds, mean <= 2500000 ns",
        "max <= 3 s, max <= 3000000000 ns",
        "O(n) us, O(n) ns",
        "mean O(1) sec, mean O(1) ns",
        "max <= 3 cycles, max <= 3 cycles",
        "max <= 3, max <= 3",
        "mean <= 2.5 mJ, mean <= 2500000 nJ",
        "mean <= 2.5 uJ/op, mean <= 2500 nJ",
        "mean <= 1 Joule, mean <= 1000000000 nJ",
        "max < 250 mW, max < 0.25 W",
        "mean <= 3 W, mean <= 3 W",
        "O(n) J, O(n) nJ",
    })
    void convertsTimesEnergiesAndPowers(String text, String nanos) {
        assertThat(Claim.parse(text, Claim.Mode.UPPER).inDecidedUnit()).hasToString(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "max <= 2407 nJ, uJ, max <= 2.407 uJ",
        "max <= 2407 ns, us, max <= 2.407 us",
        "max <= 3 s, ms, max <= 3000 ms",
    })
    void speaksTheUnitOfAMetric(String text, String metric, String same) {
        assertThat(Claim.parse(text, Claim.Mode.UPPER).in(metric).orElseThrow()).hasToString(same);
    }

    @ParameterizedTest
    @CsvSource({
        "max <= 3 ns, cycles",
        "max <= 3 cycles, ns",
        "O(1) loads, stores",
        "max <= 3 W, nJ",
        "max <= 3 nJ, ns",
        "max <= 3 Js, nJ",
    })
    void isNotAboutAMetricOfAnotherKind(String text, String metric) {
        assertThat(Claim.parse(text, Claim.Mode.UPPER).in(metric)).isEmpty();
    }

    @Test
    void refusesAQuantileOfOrderZero() {
        refuses("p0 < 1", 0, "a quantile lies between p0 and p100");
        refuses("p0.000 < 1", 0, "a quantile lies between p0 and p100");
    }

    @Test
    void refusesALimitThatIsNotFinite() {
        refuses("max < " + "9".repeat(400), 6, "the limit is too large");
    }

    @Test
    void refusesALongClaimBeforeMatchingIt() {
        String text = "max < 5" + " ".repeat(300_000) + "!";
        // matched first, it would take some 10^10 steps
        refuses(text, 1000, "claim longer than 1000 characters");
    }

    @Test
    void comparesAsItsSymbolSays() {
        assertThat(Comparison.LESS.holds(5, 5)).isFalse();
        assertThat(Comparison.LESS.holds(4.9, 5)).isTrue();
        assertThat(Comparison.AT_MOST.holds(5, 5)).isTrue();
        assertThat(Comparison.AT_MOST.holds(5.1, 5)).isFalse();
        assertThat(Comparison.EQUAL.holds(5, 5)).isTrue();
        assertThat(Comparison.EQUAL.holds(4, 5)).isFalse();
    }

    @FuzzTest
    void readsOrRefusesAnyText(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            Claim claim = Claim.parse(text, Mode.UPPER);
            assertThat(Claim.parse(claim.toString(), Mode.UPPER)).hasToString(claim.toString());
        } catch (ClaimSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void refuses(String text, int offset, String message) {
        assertThatExceptionOfType(ClaimSyntaxException.class)
                .as(text)
                .isThrownBy(() -> Claim.parse(text, Mode.UPPER))
                .withMessage(message)
                .satisfies(e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @Test
    void readsAClaimOnTheMeansGrowth() {
        Claim claim = Claim.parse("mean O(n log n) loads", Mode.UPPER);
        assertThat(claim)
                .isEqualTo(
                        new Claim.Asymptotic(
                                Expression.parse("O(n log n)"),
                                Mode.UPPER,
                                "loads",
                                Claim.Case.MEAN))
                .hasToString("mean O(n log n) loads");
        assertThatExceptionOfType(ClaimSyntaxException.class)
                .isThrownBy(() -> Claim.parse("mean O(n^)", Mode.UPPER))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(9));
    }
}
