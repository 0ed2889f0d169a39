package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a commit's verdict says in a bisection. */
class BoundBisectionTests {
    /** A violation in what a failed boot had finished is one; a bound that holds there may not. */
    @ParameterizedTest
    @CsvSource({
        "HOLDS, false, GOOD",
        "LOOSE, false, GOOD",
        "VIOLATED, false, BAD",
        "INCONCLUSIVE, false, SKIP",
        "HOLDS, true, SKIP",
        "LOOSE, true, SKIP",
        "VIOLATED, true, BAD",
        "NOT_EXERCISED, true, SKIP",
    })
    void lostPointsMakeNoCommitGood(VerdictKind kind, boolean lost, Bisection.Answer answer)
            throws Exception {
        List<String> rejected = lost ? List.of("send n=64: boot 0 failed: HANG") : List.of();

        BoundBisection.Judged judged = BoundBisection.judged(verdict(kind), rejected);

        assertThat(judged.answer()).isEqualTo(answer);
        assertThat(judged.reason())
                .isEqualTo(
                        kind
                                + ": why"
                                + (lost ? "; no samples: send n=64: boot 0 failed: HANG" : ""));
    }

    private static BoundVerdict verdict(VerdictKind kind) {
        return new BoundVerdict(
                new Bound(
                        "b",
                        "send",
                        Claim.parse("O(n)", Claim.Mode.UPPER),
                        Bound.Kind.TARGET,
                        new Bound.Source("d", "s"),
                        ""),
                "instructions",
                "qemu",
                kind,
                "why",
                new LinkedHashMap<>(),
                List.of());
    }
}
