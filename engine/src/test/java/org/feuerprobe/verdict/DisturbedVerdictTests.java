package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A busy machine adds time: it may refute nothing, and what holds all the same holds. */
class DisturbedVerdictTests {
    private static BoundVerdict verdict(VerdictKind kind, VerdictKind... evidence) {
        Bound bound =
                new Bound(
                        "x/y",
                        "x",
                        Claim.parse("p99 <= 50 cycles", Claim.Mode.UPPER),
                        Bound.Kind.PROPOSED,
                        new Bound.Source("a", "b"),
                        "");
        return new BoundVerdict(
                bound,
                "cycles",
                "native",
                kind,
                "x: why",
                new LinkedHashMap<>(),
                Arrays.stream(evidence)
                        .map(each ->
                                new BoundVerdict.Evidence(
                                        "x/" + each,
                                        new Decision(
                                                each,
                                                Optional.empty(),
                                                Optional.of(0.99),
                                                false,
                                                "p99 between 60 and 70")))
                        .toList());
    }

    @Test
    void aViolationIsOpenWithTheDisturbanceInItsReason() {
        BoundVerdict open =
                verdict(VerdictKind.VIOLATED, VerdictKind.HOLDS, VerdictKind.VIOLATED)
                        .disturbed("3 ticks stolen");

        assertThat(open.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(open.reason())
                .isEqualTo(
                        "x/VIOLATED: violated as measured, but the machine was busy (3 ticks stolen), which adds time: p99 between 60 and 70");
        assertThat(open.evidence())
                .extracting(item -> item.decision().kind())
                .containsExactly(VerdictKind.HOLDS, VerdictKind.INCONCLUSIVE);
    }

    @ParameterizedTest
    @EnumSource(value = VerdictKind.class, mode = EnumSource.Mode.EXCLUDE, names = "VIOLATED")
    void everyOtherVerdictStays(VerdictKind kind) {
        BoundVerdict before = verdict(kind, kind);

        assertThat(before.disturbed("3 ticks stolen")).isEqualTo(before);
    }

    @Test
    void anotherReasonKeepsTheBound() {
        BoundVerdict before = verdict(VerdictKind.NOT_MEASURABLE);

        BoundVerdict after = before.because("no clock");

        assertThat(after.reason()).isEqualTo("no clock");
        assertThat(after.bound()).isEqualTo(before.bound());
        assertThat(List.of(after.metric(), after.target())).containsExactly("cycles", "native");
    }
}
