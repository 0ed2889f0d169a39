package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.FDistribution;
import org.feuerprobe.bound.Expression;

/** Comparison of the explanations of one data set that keep a bound with those that break it. */
final class GrowthAnalyst {
    private static final double MISFIT = 0.01;
    private static final double SMOOTH_ENOUGH = 0.1;
    private static final int FEWEST_FOR_REGIMES = 6;
    private static final int HIGH_ROUNDS = 3;

    /** A model is far off a point if it differs by a factor of more than 1.5. */
    private static final double FAR = Math.log(1.5);

    private static final double FARTHEST = Math.log(1e3);

    /** Smallest inflation: relative residuals of 1e-12 come from rounding and not from the data. */
    private static final double ROUNDING = 1e-6;

    private final Condensed data;
    private final SearchSpace space;
    private final Shortlist shortlist = new Shortlist();
    private final int mostFreedoms;
    private final boolean replicated;
    private final int declared;

    /** A bit for each product of the bound. */
    private final long all;

    private final Expression bound;
    private final Quantiles quantiles;
    private Score score;

    private GrowthAnalyst(Condensed data, Expression bound, Design design, Quantiles quantiles) {
        this.data = data;
        this.quantiles = quantiles;
        this.bound = bound;
        declared = (int) bound.products().stream().filter(p -> !p.factors().isEmpty()).count();
        all = (1L << Math.min(63, bound.products().size())) - 1;
        space = new SearchSpace(data, design);
        replicated = data.noise().degreesOfFreedom() >= 3;
        mostFreedoms = replicated ? space.points - 1 : Math.max(2, space.points / 2);
        score =
                replicated
                        ? new Score(data.noise().degreesOfFreedom(), 1, space.points)
                        : new Score(1, ROUNDING, space.points);
    }

    static GrowthComparison compare(
            Condensed data, Expression bound, Design design, Quantiles quantiles) {
        return new GrowthAnalyst(data, bound, design, quantiles).run();
    }

    private GrowthComparison run() {
        SmoothSearch smooth = new SmoothSearch(space, shortlist, mostFreedoms);
        smooth.run();
        Hypothesis fitting = shortlist.best(score, h -> true).orElseThrow();
        if (data.parameters().size() == 1 && (!replicated || misfit(fitting) <= SMOOTH_ENOUGH)) {
            new FastShapes(space, bound).candidates().forEach(smooth::run);
            fitting = shortlist.best(score, h -> true).orElseThrow();
        }
        for (int round = 0; round < HIGH_ROUNDS && needsHighPowers(fitting); round++) {
            new HighPowers(space, bound).candidates(fitting).forEach(smooth::run);
            fitting = shortlist.best(score, h -> true).orElseThrow();
        }
        if (!fitting.within() || !replicated || misfit(fitting) <= SMOOTH_ENOUGH) {
            smooth.improve(score, Hypothesis::within);
            smooth.improve(score, h -> !h.within());
        }
        Hypothesis best = shortlist.best(score, h -> true).orElseThrow();
        boolean settled = best.within() && replicated && misfit(best) > SMOOTH_ENOUGH;
        if (!settled && data.parameters().size() == 1 && space.points >= FEWEST_FOR_REGIMES) {
            boolean dominants = gap() <= GrowthComparison.MOST_CONTESTED;
            search(dominants);
            best = shortlist.best(score, h -> true).orElseThrow();
            Score before = score;
            rescale(best);
            if (!score.equals(before)) {
                search(dominants);
            }
            if (!dominants && gap() <= GrowthComparison.MOST_CONTESTED) {
                search(true);
            }
        } else {
            rescale(best);
        }
        best = shortlist.best(score, h -> !h.lonely()).orElseThrow();
        Hypothesis within = shortlist.best(score, h -> h.within() && !h.lonely()).orElseThrow();
        Optional<Hypothesis> lonely = shortlist.best(score, h -> h.within() && h.lonely());
        Optional<Hypothesis> beyond = shortlist.best(score, h -> !h.within() && !h.lonely());
        Optional<Hypothesis> dominant = shortlist.best(score, h -> h.dominant() && !h.lonely());
        Optional<Hypothesis> levelling =
                shortlist.best(score, h -> h.within() && h.lonely() && h.kind().levelsOff());
        ModelWriter writer = writer(best);
        double withinScore = score.of(within);
        Refit kept = new Refit(space, within);
        Additions additions = new Additions(space, score, quantiles);
        return new GrowthComparison(
                writer.write(kept),
                beyond.map(h -> writer.write(new Refit(space, h))),
                writer.write(new Refit(space, best)),
                withinScore - beyond.map(score::of).orElse(Double.POSITIVE_INFINITY),
                withinScore - dominant.map(score::of).orElse(Double.POSITIVE_INFINITY),
                lonely.map(h -> writer.write(new Refit(space, h))),
                withinScore - lonely.map(score::of).orElse(Double.POSITIVE_INFINITY),
                levelling.map(h -> writer.write(new Refit(space, h))),
                levelling.map(this::uncharged).orElse(Double.POSITIVE_INFINITY)
                        - beyond.map(this::uncharged).orElse(Double.POSITIVE_INFINITY),
                beyond.map(h -> excess(new Refit(space, h), within)).orElse(1.0),
                beyond.map(Hypothesis::effect).orElse(0.0),
                beyond.map(h -> additions.fast(new Refit(space, h))).orElse(List.of()),
                gap() > GrowthComparison.MOST_CONTESTED
                        ? Double.POSITIVE_INFINITY
                        : additions.most(kept),
                shortlist
                                .best(score, h -> h.within() && !h.lonely() && h.reached() == all)
                                .map(score::of)
                                .orElse(Double.POSITIVE_INFINITY)
                        - withinScore,
                within.rarity(),
                beyond.map(Hypothesis::rarity).orElse(0.0),
                within.kind() == RegimeKind.NONE
                        ? RelativeExponent.of(space, bound, score, quantiles)
                        : Optional.empty(),
                score.inflation(),
                missed(kept, within));
    }

    /** Score of a hypothesis without the penalty for its form. */
    private double uncharged(Hypothesis hypothesis) {
        return score.of(hypothesis) - hypothesis.prior();
    }

    /** How much better growth beyond the bound explains the data, as far as is known. */
    private double gap() {
        double within =
                shortlist
                        .best(score, h -> h.within() && !h.lonely())
                        .map(score::of)
                        .orElse(Double.POSITIVE_INFINITY);
        return shortlist
                .best(score, h -> !h.within() && !h.lonely())
                .map(beyond -> within - score.of(beyond))
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /**
     * Adds the hypotheses with changes of regime that can win under the present score.
     *
     * @param dominants whether growth that makes up much of the cost must be compared too
     */
    private void search(boolean dominants) {
        shortlist.limit(score, all, dominants);
        new RegimeSearch(space, shortlist, mostFreedoms).run();
        new LevellingSearch(space, shortlist, mostFreedoms).run(declared);
    }

    /** Whether several parameters vary, and the products of the list do not fit the points. */
    private boolean needsHighPowers(Hypothesis fitting) {
        return data.parameters().size() > 1
                && (replicated
                        ? misfit(fitting) <= SMOOTH_ENOUGH
                        : fitting.squares() > space.points);
    }

    /** How the best model within the bound misses the points, and whether that shows growth. */
    private Misfit missed(Refit refit, Hypothesis within) {
        if (replicated && misfit(within) >= MISFIT) {
            return new Misfit(false, 1);
        }
        Optional<Trend> trend = Trend.of(space, bound);
        double sum = 0;
        int far = 0;
        for (int i = 0; i < space.points; i++) {
            double cost = space.target[i] * space.error[i];
            double miss = Math.abs(Math.log(Math.abs(cost / refit.fitted[i])));
            miss = refit.fitted[i] * cost > 0 ? Math.min(miss, FARTHEST) : FARTHEST;
            sum += miss * miss;
            far += miss > FAR ? 1 : 0;
        }
        boolean many = far >= 2 && far * 3 > space.points;
        int left = Math.max(1, degreesLeft(within));
        double square = sum / left;
        double doubt =
                trend.map(t ->
                                FDistribution.of(left, space.points - 2)
                                        .survivalProbability(
                                                square / Math.max(t.scatter(), ROUNDING)))
                        .orElse(1.0);
        boolean lasting = trend.map(Trend::lasts).orElse(false);
        return new Misfit(
                many || (lasting && doubt < MISFIT),
                lasting ? Math.max(doubt, trend.map(Trend::chance).orElse(1.0)) : 1);
    }

    /** The writer of models. Its intervals use replicates, and residuals too if the model fits. */
    private ModelWriter writer(Hypothesis best) {
        if (!replicated || score.inflation() != 1) {
            return new ModelWriter(
                    space, quantiles.student(score.degrees(), ModelWriter.TAIL), score.inflation());
        }
        double degrees = score.degrees() + Math.max(0, degreesLeft(best));
        return new ModelWriter(
                space,
                quantiles.student(degrees, ModelWriter.TAIL),
                (score.degrees() + best.squares()) / degrees);
    }

    private int degreesLeft(Hypothesis hypothesis) {
        return space.points - hypothesis.freedoms() - hypothesis.breaks().length;
    }

    /** Probability of a misfit at least this large from the scatter of the values. */
    private double misfit(Hypothesis hypothesis) {
        int left = degreesLeft(hypothesis);
        if (left < 1) {
            return 1;
        }
        return FDistribution.of(left, data.noise().degreesOfFreedom())
                .survivalProbability(hypothesis.squares() / left);
    }

    private void rescale(Hypothesis best) {
        int left = Math.max(1, degreesLeft(best));
        double inflation = best.squares() / left;
        if (!replicated) {
            score = new Score(left, Math.max(inflation, ROUNDING), space.points);
        } else if (misfit(best) < MISFIT) {
            score = new Score(left, inflation, space.points);
        }
    }

    /**
     * Probability of the data if the fast terms of the model beyond the bound were not there. It is
     * an F test of these terms against the same law with the bound's own products, corrected for
     * the choice of terms.
     */
    private double excess(Refit beyond, Hypothesis within) {
        SmallFit fit = new SmallFit(space.target);
        List<CandidateTerm> fast =
                beyond.hypothesis.terms().stream().filter(term -> !term.within()).toList();
        List<double[]> fastColumns = new ArrayList<>();
        for (int k = 0; k < beyond.columns.size(); k++) {
            if (isFast(beyond, k)) {
                fastColumns.add(beyond.columns.get(k));
            } else if (fit.columns() < SmallFit.MOST) {
                fit.add(beyond.columns.get(k));
            }
        }
        for (int i = 0; i < space.terms.size() && i < declared; i++) {
            if (fit.columns() + fastColumns.size() < SmallFit.MOST) {
                fit.add(space.columns.get(i));
            }
        }
        Refit slow = new Refit(space, within);
        if (slow.positive()) {
            int terms = 1 + within.terms().size();
            int used = bends(beyond.hypothesis) ? slow.columns.size() : terms;
            for (int k = 1; k < Math.min(used, slow.columns.size()); k++) {
                if (fit.columns() + fastColumns.size() < SmallFit.MOST) {
                    fit.add(slow.columns.get(k));
                }
            }
        }
        double without = fit.squares();
        int added = 0;
        for (double[] column : fastColumns) {
            added += fit.columns() < SmallFit.MOST && fit.add(column) ? 1 : 0;
        }
        if (added == 0) {
            return 1;
        }
        double statistic = (without - fit.squares()) / added / score.inflation();
        long choices = space.terms.stream().filter(CandidateTerm::ordinaryAndFast).count();
        double tail =
                FDistribution.of(added, Math.max(1, score.degrees()))
                        .survivalProbability(Math.max(0, statistic));
        return Math.min(1, tail / 2 * Math.max(1, choices) * (fast.isEmpty() ? 2 : 1));
    }

    /**
     * Whether a column of the model grows faster than the bound; column 0 is the intercept. A
     * coefficient that decreases at a break does not count, because caches make costs level off.
     */
    private static boolean isFast(Refit refit, int column) {
        Hypothesis hypothesis = refit.hypothesis;
        List<CandidateTerm> terms = hypothesis.terms();
        if (hypothesis.kind() == RegimeKind.ONSET) {
            return column > 0;
        }
        return column > 0
                && (column <= terms.size()
                        ? !terms.get(column - 1).within()
                        : bends(hypothesis)
                                && !terms.getLast().within()
                                && column < refit.coefficients.length
                                && refit.coefficients[column] > 0);
    }

    /** Whether its breaks change how fast the cost grows. */
    private static boolean bends(Hypothesis hypothesis) {
        return switch (hypothesis.kind()) {
            case SLOPE, BEND, ONSET -> true;
            case NONE, FACTOR, LEVEL, SATURATION, MISSES, FILLING, SIGMOID, ROOT -> false;
        };
    }
}
