package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.junit.jupiter.api.Test;

final class FamilyCorrectionTests {
    private static BoundVerdict verdict(VerdictKind kind, double confidence) {
        Bound bound =
                new Bound(
                        "x/y",
                        "x",
                        Claim.parse("O(1)", Claim.Mode.UPPER),
                        Bound.Kind.PROPOSED,
                        new Bound.Source("a", "b"),
                        "");
        Decision decision =
                new Decision(kind, Optional.empty(), Optional.of(confidence), false, "why");
        return new BoundVerdict(
                bound,
                "cycles",
                "fake",
                kind,
                "x: why",
                new LinkedHashMap<>(),
                List.of(new BoundVerdict.Evidence("x", decision)));
    }

    private static double confidence(BoundVerdict verdict) {
        return verdict.evidence().getFirst().decision().confidence().orElseThrow();
    }

    /** Holm by hand: 0.001 x 4, 0.01 x 3, 0.02 x 2, 0.5 x 1. */
    @Test
    void correctsAllDecidedVerdicts() {
        List<BoundVerdict> corrected =
                FamilyCorrection.of(
                        List.of(
                                verdict(VerdictKind.VIOLATED, 0.999),
                                verdict(VerdictKind.HOLDS, 0.98),
                                verdict(VerdictKind.INCONCLUSIVE, 0.7),
                                verdict(VerdictKind.VIOLATED, 0.99),
                                verdict(VerdictKind.LOOSE, 0.5)));
        assertThat(corrected)
                .extracting(BoundVerdict::kind)
                .containsExactly(
                        VerdictKind.VIOLATED,
                        VerdictKind.HOLDS,
                        VerdictKind.INCONCLUSIVE,
                        VerdictKind.VIOLATED,
                        VerdictKind.LOOSE);
        assertThat(confidence(corrected.get(0))).isCloseTo(0.996, within(1e-12));
        assertThat(confidence(corrected.get(1))).isCloseTo(0.96, within(1e-12));
        assertThat(confidence(corrected.get(2))).isEqualTo(0.7);
        assertThat(confidence(corrected.get(3))).isCloseTo(0.97, within(1e-12));
        assertThat(confidence(corrected.get(4))).isCloseTo(0.5, within(1e-12));
    }

    /** A certificate is a decision too, and nothing changes it. */
    @Test
    void certificatesCountAndStay() {
        Decision certain =
                new Decision(
                        VerdictKind.HOLDS, Optional.empty(), Optional.of(1.0), true, "certain");
        BoundVerdict certificate =
                verdict(VerdictKind.HOLDS, 1)
                        .with(List.of(new BoundVerdict.Evidence("x", certain)));
        List<BoundVerdict> family = new ArrayList<>();
        family.add(certificate);
        family.add(verdict(VerdictKind.VIOLATED, 0.99));
        for (int i = 0; i < 19; i++) {
            family.add(verdict(VerdictKind.HOLDS, 0.98));
        }
        List<BoundVerdict> corrected = FamilyCorrection.of(family);
        assertThat(corrected.getFirst().evidence().getFirst().decision()).isEqualTo(certain);
        assertThat(corrected.get(1).evidence().getFirst().decision().reason())
                .isEqualTo("violated on its own, but not after correction over 21 decisions: why");
        assertThat(confidence(corrected.get(1))).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void aViolationThatManyBoundsExplainIsOpen() {
        List<BoundVerdict> family = new ArrayList<>();
        family.add(verdict(VerdictKind.VIOLATED, 0.99));
        for (int i = 0; i < 19; i++) {
            family.add(verdict(VerdictKind.HOLDS, 0.9));
        }
        BoundVerdict first = FamilyCorrection.of(family).getFirst();
        assertThat(first.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(first.reason())
                .isEqualTo(
                        "x: violated on its own, but not after correction over 20 decisions: why");
        assertThat(first.evidence().getFirst().decision().advice()).isPresent();
        assertThat(confidence(first)).isCloseTo(0.8, within(1e-12));
    }
}
