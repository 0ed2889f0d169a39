package org.feuerprobe.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.bound.Product;
import org.feuerprobe.model.Condensed;
import org.feuerprobe.model.CostAnalysis;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.model.Falling;
import org.feuerprobe.model.FastPart;
import org.feuerprobe.model.GrowthComparison;
import org.feuerprobe.model.Regime;
import org.feuerprobe.sample.Numbers;

/**
 * Decides a claim about the growth of noisy costs. It compares the best explanations within and
 * beyond the bound. Rules: {@code docs/verdicts.md}.
 */
final class GrowthDecider {
    private static final Expression FLAT = new Expression(List.of(Product.ONE));

    private final CostAnalysis analysis;
    private final double mostUndetected;

    /**
     * Makes a decider.
     *
     * @param mostUndetected largest share of the cost that undetected growth beyond a bound may
     *     have if the bound is to hold
     */
    GrowthDecider(CostAnalysis analysis, double mostUndetected) {
        this.analysis = analysis;
        this.mostUndetected = mostUndetected;
    }

    Decision decide(Question question, Condensed condensed) {
        if (condensed.setApart() > 0) {
            question.notes()
                    .add(
                            "%d of %d values lie too far out to belong to the typical cost"
                                    .formatted(condensed.setApart(), condensed.values()));
        }
        GrowthComparison comparison = analysis.compare(condensed, question.bound());
        double rises = Falling.chance(condensed);
        Verdict verdict =
                rises < 1 ? falling(question.bound(), rises) : verdict(question, comparison);
        if (verdict.kind == VerdictKind.LOOSE && rises == 1) {
            verdict = confirmed(question, condensed, comparison, verdict);
        }
        if (rises == 1 && verdict.keeps()) {
            verdict = limited(verdict, Undetected.in(question, comparison));
        }
        if (question.claim().mode() == Claim.Mode.TIGHT && verdict.kind == VerdictKind.LOOSE) {
            verdict =
                    new Verdict(
                            VerdictKind.VIOLATED,
                            verdict.confidence,
                            "cost grows more slowly than claimed, as "
                                    + comparison.within().growth());
        }
        boolean broken = verdict.kind == VerdictKind.VIOLATED && comparison.gap() > 0;
        CostModel model =
                broken
                        ? comparison.beyond().orElse(comparison.best())
                        : verdict.kind == VerdictKind.INCONCLUSIVE
                                ? comparison.best()
                                : comparison.within();
        Optional<Advice> advice =
                verdict.kind == VerdictKind.INCONCLUSIVE
                        ? Optional.of(Planner.decide(question.values(), condensed, comparison))
                        : Optional.empty();
        return new Decision(
                verdict.kind,
                Optional.of(model),
                Optional.of(verdict.confidence),
                false,
                verdict.reason,
                Optional.of(rises < 1 ? FLAT : growth(comparison, broken).orElse(model.growth())),
                comparison.exponent(),
                comparison.gap() > 0 ? Math.clamp(comparison.effect(), 0, 1) : 0,
                question.range(),
                List.of(),
                Optional.empty(),
                advice,
                question.notes());
    }

    private static Optional<Expression> growth(GrowthComparison comparison, boolean broken) {
        return broken ? named(comparison).map(FastPart::growth) : Optional.empty();
    }

    private static Verdict falling(Expression bound, double doubt) {
        return new Verdict(
                bound.parameters().isEmpty() ? VerdictKind.HOLDS : VerdictKind.LOOSE,
                1 - doubt,
                "cost never rises over the range: it keeps O(1)");
    }

    /**
     * Confirms LOOSE, which names a slower class. As a claim of its own, that class must hold, and
     * it must explain the data better than the claimed class. Otherwise the claim holds, and the
     * class is not known.
     */
    private Verdict confirmed(
            Question question, Condensed condensed, GrowthComparison comparison, Verdict loose) {
        boolean tight = question.claim().mode() == Claim.Mode.TIGHT;
        Expression slower = comparison.within().growth();
        double needed = Math.max(comparison.rarity(), tight ? 0 : Thresholds.FASTER);
        if (comparison.slowerGap() >= needed) {
            GrowthComparison own = analysis.compare(condensed, slower);
            boolean hidden =
                    !tight
                            && own.undetected() > Thresholds.HIDDEN_SHARE
                            && gain(question, slower) <= Thresholds.HIDDEN_GAIN;
            if (!hidden && verdict(question.about(slower), own).keeps()) {
                return loose;
            }
        }
        String reason =
                "cost grows no faster than claimed; whether it grows only as %s is open"
                        .formatted(slower);
        return new Verdict(
                tight ? VerdictKind.INCONCLUSIVE : VerdictKind.HOLDS, loose.confidence, reason);
    }

    /** Factor by which the bound outgrows a slower class over the range of the only parameter. */
    private static double gain(Question question, Expression slower) {
        if (question.varying().size() != 1) {
            return Double.POSITIVE_INFINITY;
        }
        String name = question.varying().getFirst();
        Decision.Span span = Objects.requireNonNull(question.range().get(name));
        double first = ratio(question.bound(), slower, Map.of(name, span.from()));
        return ratio(question.bound(), slower, Map.of(name, span.to())) / first;
    }

    private static double ratio(Expression bound, Expression slower, Map<String, Double> at) {
        return Math.max(1, bound.at(at)) / Math.max(1, slower.at(at));
    }

    /**
     * Adds the undetected growth to the reason of a claim that holds. Too much of it leaves the
     * claim open.
     */
    private Verdict limited(Verdict verdict, Undetected undetected) {
        return undetected.share() <= mostUndetected
                ? new Verdict(verdict.kind, verdict.confidence, verdict.reason + "; " + undetected)
                : new Verdict(
                        VerdictKind.INCONCLUSIVE,
                        verdict.confidence,
                        String.format(
                                Locale.ROOT,
                                "%s: more than the %s %% allowed",
                                undetected,
                                Numbers.plain(100 * mostUndetected)));
    }

    private record Verdict(VerdictKind kind, double confidence, String reason) {
        boolean keeps() {
            return kind == VerdictKind.HOLDS || kind == VerdictKind.LOOSE;
        }
    }

    private static Verdict verdict(Question question, GrowthComparison comparison) {
        double strictness = question.varying().size() > 1 ? Thresholds.MORE_PARAMETERS : 0;
        boolean small = comparison.effect() < Thresholds.SMALL_SHARE;
        boolean trifle = comparison.effect() < Thresholds.TRIFLE;
        double needed = strictness + (small ? Thresholds.SLIGHTLY_FASTER : Thresholds.FASTER);
        double allowed =
                trifle
                        ? Thresholds.CERTAIN_TRIFLE
                        : strictness + (small ? Thresholds.SMALL_TIE : Thresholds.TIE);
        double gap = comparison.gap();
        if (comparison.lonelyGap() > 0
                && comparison.lonelyGap() > Math.max(0, gap) - lead(question, comparison)
                && comparison.lonelyGap() > allowed) {
            return new Verdict(
                    VerdictKind.INCONCLUSIVE,
                    Math.max(odds(gap), odds(-gap)),
                    beyondTheRange(comparison.lonely()));
        }
        boolean faster = gap >= needed && !trifle && comparison.excess() <= Thresholds.SIGNIFICANCE;
        if (faster && mayLevelOff(question, comparison)) {
            return new Verdict(
                    VerdictKind.INCONCLUSIVE,
                    Math.max(odds(gap), odds(-gap)),
                    beyondTheRange(comparison.levelling()));
        }
        if (faster && comparison.beyond().map(CostModel::slowsDown).orElse(false)) {
            return new Verdict(
                    VerdictKind.INCONCLUSIVE,
                    Math.max(odds(gap), odds(-gap)),
                    "cost grows as %s and slows down: whether it levels off is beyond the range"
                            .formatted(beyond(comparison)));
        }
        if (faster) {
            double doubt = Math.max(comparison.excess(), odds(-gap));
            return new Verdict(VerdictKind.VIOLATED, 1 - doubt, faster(comparison, doubt));
        }
        if (comparison.missed().growth() <= Thresholds.SIGNIFICANCE) {
            return new Verdict(
                    VerdictKind.VIOLATED,
                    1 - comparison.missed().growth(),
                    "cost over bound rises at every step of the far half, whatever the law; nearest is "
                            + comparison.best().growth());
        }
        if (comparison.missed().explainsNothing()) {
            return new Verdict(
                    VerdictKind.INCONCLUSIVE,
                    0.5,
                    "no model within the bound explains the points: the best, %s, misses them in a systematic way"
                            .formatted(comparison.within().growth()));
        }
        double doubt = odds(comparison.dominantGap());
        if (gap <= allowed && comparison.dominantGap() <= Thresholds.DOMINANT_EXCLUDED) {
            CostModel within = comparison.within();
            boolean same = GrowthOrder.notFaster(question.bound(), within.growth());
            String per = regimes(within);
            return same
                    ? new Verdict(VerdictKind.HOLDS, 1 - doubt, "cost grows as claimed" + per)
                    : new Verdict(
                            VerdictKind.LOOSE,
                            1 - doubt,
                            "cost grows only as " + within.growth() + per);
        }
        String why =
                gap > allowed
                        ? "growth as %s explains the data about as well as %s"
                                .formatted(beyond(comparison), comparison.within().growth())
                        : "growth as fast as %s over half of the cost cannot be excluded"
                                .formatted(beyond(comparison));
        return new Verdict(VerdictKind.INCONCLUSIVE, Math.max(odds(gap), odds(-gap)), why);
    }

    /**
     * Score difference by which growth must explain the data better than a level beyond the range.
     * Over a short range the two look alike, so it is larger there.
     */
    private static double lead(Question question, GrowthComparison comparison) {
        Optional<Regime> level =
                comparison.lonely().stream()
                        .flatMap(model -> model.regimes().stream())
                        .filter(regime -> regime.kind().levelsOff())
                        .findFirst();
        if (level.isEmpty() || !within(question, Thresholds.SHORT_RANGE)) {
            return Thresholds.FASTER;
        }
        return Thresholds.FASTER
                + comparison.beyondRarity()
                + (level.get().ofCoefficient() ? Thresholds.COEFFICIENTS_ALIKE : Thresholds.ALIKE);
    }

    private static String beyond(GrowthComparison comparison) {
        return comparison.beyond().map(model -> model.growth().toString()).orElse("nothing");
    }

    /** Whether every parameter's largest value is below this multiple of its smallest one. */
    private static boolean within(Question question, double ratio) {
        return question.varying().stream()
                .map(name -> Objects.requireNonNull(question.range().get(name)))
                .allMatch(span -> span.to() < ratio * span.from());
    }

    /**
     * Whether a law that levels off beyond a short range explains the data nearly as well as
     * growth. Over a range of a decade every growth looks like that, so it is not asked there.
     */
    private static boolean mayLevelOff(Question question, GrowthComparison comparison) {
        return comparison.levelGap() < Thresholds.LEVELLING
                && within(question, Thresholds.SHORT_RANGE)
                && !within(question, Thresholds.DECADE);
    }

    /**
     * The class that a violation reports: the fastest part that is certain and not small, or else
     * the largest part.
     */
    private static Optional<FastPart> named(GrowthComparison comparison) {
        List<FastPart> parts = comparison.fast();
        return parts.stream()
                .filter(part ->
                        part.chance() <= Thresholds.SIGNIFICANCE
                                && part.share() >= Thresholds.SMALL_SHARE)
                .findFirst()
                .or(() -> parts.stream().max(Comparator.comparingDouble(FastPart::share)));
    }

    private static String faster(GrowthComparison comparison, double doubt) {
        FastPart part = named(comparison).orElseThrow();
        String reason =
                String.format(
                        Locale.ROOT,
                        "cost grows as %s, faster than claimed: at the far end, this growth makes up %.0f %% of the cost",
                        part.growth(),
                        100 * Math.clamp(part.share(), 0, 1));
        if (part.chance() > Math.max(doubt, Thresholds.SIGNIFICANCE)) {
            reason +=
                    String.format(
                            Locale.ROOT,
                            "; faster growth is certain, this class to %.0f %%",
                            100 * (1 - part.chance()));
        }
        return reason;
    }

    private static String regimes(CostModel model) {
        if (model.regimes().isEmpty()) {
            return "";
        }
        return model.regimes().getFirst().kind().levelsOff()
                ? ": it levels off, " + model.regimes().getFirst()
                : " in every regime: " + model.regimes();
    }

    private static String beyondTheRange(Optional<CostModel> open) {
        List<Regime> regimes = open.map(CostModel::regimes).orElse(List.of());
        return !regimes.isEmpty() && regimes.getFirst().kind().levelsOff()
                ? "a %s that levels off beyond the range (%s) explains the data as well as growth"
                        .formatted(
                                regimes.getFirst().ofCoefficient() ? "coefficient" : "cost",
                                regimes.getFirst())
                : "the last point alone departs from the law: a new regime and growth look alike there";
    }

    /**
     * Probability that the side with this score advantage is right, with equal prior probabilities.
     */
    private static double odds(double advantage) {
        return 1 / (1 + Math.exp(-Math.clamp(advantage, -1400, 1400) / 2));
    }
}
