package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.model.Composition;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.sample.Estimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a changed decision keeps, what a family of them says, and which points are advised. */
class DecisionCopiesTests {
    private static final Advice ADVICE = new Advice(List.of(), 3, 4, "more");
    private static final Decision FULL =
            new Decision(
                    VerdictKind.VIOLATED,
                    Optional.of(new CostModel(7, List.of(), true, 0)),
                    Optional.of(0.99),
                    true,
                    "why",
                    Optional.of(Expression.parse("O(n)")),
                    Optional.of(Estimate.exact(1)),
                    0.5,
                    Map.of("n", new Decision.Span(1, 8)),
                    List.of(),
                    Optional.of(
                            new StatisticEvidence(
                                    "max",
                                    Estimate.exact(7),
                                    5,
                                    6,
                                    7,
                                    2,
                                    Optional.empty(),
                                    Optional.of("few"))),
                    Optional.of(ADVICE),
                    List.of("note"));

    /** Every component by name, so that a new one is asked about as well. */
    private static void keepsAllBut(Decision changed, Set<String> different) throws Exception {
        for (var component : Decision.class.getRecordComponents()) {
            Object before = component.getAccessor().invoke(FULL);
            Object after = component.getAccessor().invoke(changed);
            if (different.contains(component.getName())) {
                assertThat(after).as(component.getName()).isNotEqualTo(before);
            } else {
                assertThat(after).as(component.getName()).isEqualTo(before);
            }
        }
    }

    @Test
    void aChangedDecisionKeepsEverythingElse() throws Exception {
        keepsAllBut(FULL.because("else"), Set.of("reason"));
        assertThat(FULL.because("else").reason()).isEqualTo("else");
        keepsAllBut(FULL.asking(new Advice(List.of(), 9, 9, "x")), Set.of("advice"));
        keepsAllBut(
                FULL.corrected(VerdictKind.INCONCLUSIVE, 0.4, "open"),
                Set.of("kind", "confidence", "reason"));
        keepsAllBut(
                FULL.uncertified(VerdictKind.INCONCLUSIVE, Optional.of(0.5), "open"),
                Set.of("kind", "confidence", "reason", "certificate"));
    }

    @Test
    void anOpenDecisionHasItsAdviceAndRange() {
        Decision open = Decision.open("why", Map.of("n", new Decision.Span(1, 2)), ADVICE);
        assertThat(open.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(open.advice()).contains(ADVICE);
        assertThat(open.range()).containsEntry("n", new Decision.Span(1, 2));
        assertThat(open.certificate()).isFalse();
        assertThat(open.confidence()).isEmpty();
    }

    private static BoundVerdict verdict(VerdictKind kind, Decision... decisions) {
        List<BoundVerdict.Evidence> evidence = new ArrayList<>();
        for (Decision decision : decisions) {
            evidence.add(new BoundVerdict.Evidence("b" + evidence.size(), decision));
        }
        return new BoundVerdict(
                new Bound(
                        "x/y",
                        "x",
                        Claim.parse("O(1)", Claim.Mode.UPPER),
                        Bound.Kind.PROPOSED,
                        new Bound.Source("a", "b"),
                        ""),
                "cycles",
                "fake",
                kind,
                "why",
                new LinkedHashMap<>(),
                evidence);
    }

    private static Decision simple(VerdictKind kind, double confidence, boolean certificate) {
        return new Decision(
                kind, Optional.empty(), Optional.of(confidence), certificate, kind.name());
    }

    /** A certificate is a member of the family without doubt, and keeps what it says. */
    @Test
    void certificatesCountAsMembersWithoutDoubt() {
        Decision sure = simple(VerdictKind.VIOLATED, 0.2, true);
        List<BoundVerdict> corrected =
                FamilyCorrection.of(
                        List.of(
                                verdict(VerdictKind.VIOLATED, sure),
                                verdict(
                                        VerdictKind.VIOLATED,
                                        simple(VerdictKind.VIOLATED, 0.975, false))));
        assertThat(corrected.get(0).evidence().getFirst().decision()).isEqualTo(sure);
        // 0.025 times one: the certificate's chance of 0 is the first of the two.
        assertThat(corrected.get(1).kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(corrected.get(1).evidence().getFirst().decision().confidence().orElseThrow())
                .isCloseTo(0.975, within(1e-12));
    }

    /** A chance of exactly 5 % after correction still stands; more does not. */
    @ParameterizedTest
    @CsvSource({"0.9751, VIOLATED", "0.9749, INCONCLUSIVE"})
    void aViolationStandsUpToTheLevelOfTheFamily(double confidence, VerdictKind kind) {
        BoundVerdict corrected =
                FamilyCorrection.of(
                                List.of(
                                        verdict(
                                                VerdictKind.VIOLATED,
                                                simple(VerdictKind.VIOLATED, confidence, false)),
                                        verdict(
                                                VerdictKind.HOLDS,
                                                simple(VerdictKind.HOLDS, 0.9, false))))
                        .getFirst();
        assertThat(corrected.kind()).isEqualTo(kind);
        if (kind == VerdictKind.INCONCLUSIVE) {
            assertThat(corrected.evidence().getFirst().decision().advice().orElseThrow().boots())
                    .isEqualTo(10);
        }
    }

    @Test
    void aVerdictWithoutEvidenceStaysAsItIs() {
        BoundVerdict none = verdict(VerdictKind.NOT_EXERCISED);
        assertThat(FamilyCorrection.of(List.of(none))).containsExactly(none);
        BoundVerdict open =
                verdict(VerdictKind.INCONCLUSIVE, simple(VerdictKind.INCONCLUSIVE, 0.7, false));
        assertThat(
                        FamilyCorrection.of(List.of(open))
                                .getFirst()
                                .evidence()
                                .getFirst()
                                .decision()
                                .confidence())
                .contains(0.7);
    }

    /** The worst benchmark's kind and reason, in any order of benchmarks. */
    @Test
    void theWorstBenchmarkMakesTheVerdict() {
        List<VerdictKind> worstFirst =
                List.of(
                        VerdictKind.VIOLATED,
                        VerdictKind.INCONCLUSIVE,
                        VerdictKind.HOLDS,
                        VerdictKind.LOOSE);
        for (int i = 0; i < worstFirst.size(); i++) {
            for (int j = 0; j < worstFirst.size(); j++) {
                BoundVerdict of =
                        verdict(
                                VerdictKind.INCONCLUSIVE,
                                simple(worstFirst.get(i), 0.9, false),
                                simple(worstFirst.get(j), 0.9, false));
                BoundVerdict with = of.with(of.evidence());
                assertThat(with.kind()).isEqualTo(worstFirst.get(Math.min(i, j)));
                assertThat(with.reason()).isEqualTo((j < i ? "b1: " : "b0: ") + with.kind().name());
                assertThat(with.decisive().orElseThrow().benchmark())
                        .isEqualTo(j < i ? "b1" : "b0");
            }
        }
    }

    private static Map<String, Set<Double>> values(String name, double... values) {
        Map<String, Set<Double>> map = new LinkedHashMap<>();
        Set<Double> set = new LinkedHashSet<>();
        for (double value : values) {
            set.add(value);
        }
        map.put(name, set);
        return map;
    }

    private static Map<String, Set<Double>> two(double[] n, double[] k) {
        Map<String, Set<Double>> map = values("n", n);
        map.putAll(values("k", k));
        return map;
    }

    @Test
    void morePointsFillTheGridByDoubling() {
        Advice one = Planner.morePoints(values("n", 4), "why");
        for (int i = 0; i < one.points().size(); i++) {
            assertThat(one.points().get(i)).isEqualTo(Map.of("n", 8 * Math.pow(2, i)));
        }
        int wanted = one.points().size() + 1;
        assertThat(wanted).isBetween(5, 12);
        assertThat(Planner.morePoints(values("n", 1, 2, 3, 4), "why").points())
                .hasSize(wanted - 4)
                .first()
                .isEqualTo(Map.of("n", 8.0));
        assertThat(Planner.morePoints(values("n", 0.25), "why").points().getFirst())
                .isEqualTo(Map.of("n", 2.0));
        assertThat(Planner.morePoints(values("n"), "why").points()).isEmpty();
        assertThat(one.reason()).isEqualTo("why");
        assertThat(one.boots()).isPositive();
    }

    @Test
    void aPointHasTheOtherParametersAtTheirLargest() {
        Advice both = Planner.morePoints(two(new double[] {4, 1}, new double[] {3}), "why");
        assertThat(both.points()).contains(Map.of("n", 8.0, "k", 3.0), Map.of("n", 4.0, "k", 6.0));
    }

    @Test
    void furtherPointsDoubleEachParameterThatVaries() {
        assertThat(Planner.further(values("n", 1, 8, 2), 1, "why").points())
                .containsExactly(Map.of("n", 16.0), Map.of("n", 32.0));
        assertThat(Planner.further(values("n", 1, 8), 0, "why").points())
                .containsExactly(Map.of("n", 16.0));
        assertThat(Planner.further(two(new double[] {1, 8}, new double[] {3}), 0, "why").points())
                .containsExactly(Map.of("n", 16.0, "k", 3.0));
        assertThat(Planner.further(values("n", 8), 3, "why").points()).isEmpty();
    }

    @Test
    void manyPointsAreCut() {
        Advice many = Planner.further(values("n", 1, 2), 60, "why");
        Advice more = Planner.further(values("n", 1, 2), 90, "why");
        assertThat(many.points()).hasSizeLessThan(61).isEqualTo(more.points());
        int most = many.points().size();
        assertThat(Planner.further(values("n", 1, 2), most - 1, "why").points()).hasSize(most);
        assertThat(Planner.further(values("n", 1, 2), most - 2, "why").points()).hasSize(most - 1);
    }

    /** One clause for people: parts that add up, that miss by a constant, and by a range. */
    @Test
    void aCompositionSaysWhatIsLeft() {
        Composition.Line exact = line(100, 100);
        assertThat(composed(exact).text())
                .isEqualTo("its parts  predict it to within 0.0 % at 1 point");
        assertThat(composed(exact, exact).text())
                .isEqualTo("its parts  predict it to within 0.0 % at 2 points");
        assertThat(composed(line(100, 60), line(200, 160)).text())
                .isEqualTo(
                        "its parts  do not add up to it: measured less predicted is 40 cycles at every point, up to 40 % of the cost");
        assertThat(composed(line(100, 60), line(200, 100)).text())
                .isEqualTo(
                        "its parts  do not add up to it: measured less predicted is 40 to 100 cycles, up to 50 % of the cost");
    }

    private static Composition.Line line(double measured, double predicted) {
        return new Composition.Line(
                Map.of("n", 1.0), predicted, measured, Estimate.exact(measured - predicted));
    }

    private static Composed composed(Composition.Line... lines) {
        double largest = 0;
        for (Composition.Line line : lines) {
            double share = line.remainder().value() / line.measured();
            largest = Math.abs(share) > Math.abs(largest) ? share : largest;
        }
        return Composed.of(
                "b", "cycles", List.of(), new Composition(List.of(lines), largest == 0, largest));
    }
}
