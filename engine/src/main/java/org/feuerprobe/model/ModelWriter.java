package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.feuerprobe.bound.Factor;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.Estimate;

/** Writer of a fitted hypothesis as a cost model with 95 % intervals. */
final class ModelWriter {
    private static final double LEVEL = 0.95;

    /** Probability beyond each end of an interval. */
    static final double TAIL = (1 - LEVEL) / 2;

    private final SearchSpace space;
    private final double reach;

    /**
     * Makes a writer for one data set.
     *
     * @param student the quantile of Student's distribution for {@link #TAIL}
     * @param inflation factor for the variances
     */
    ModelWriter(SearchSpace space, double student, double inflation) {
        this.space = space;
        reach = student * Math.sqrt(inflation);
    }

    CostModel write(Refit refit) {
        Hypothesis hypothesis = refit.hypothesis;
        List<CostModel.Term> terms = new ArrayList<>();
        double changed = 1;
        boolean onset = hypothesis.kind() == RegimeKind.ONSET;
        for (int k = 0; k < hypothesis.terms().size(); k++) {
            int index = space.terms.indexOf(hypothesis.terms().get(k));
            changed = space.size(index);
            terms.add(
                    new CostModel.Term(
                            onset
                                    ? Estimate.exact(0)
                                    : estimate(refit, k + 1, space.unit / changed),
                            hypothesis.terms().get(k).product()));
        }
        List<Regime> regimes = new ArrayList<>();
        int first = onset ? 1 : 1 + hypothesis.terms().size();
        for (int b = 0; b < hypothesis.breaks().length; b++) {
            int place = hypothesis.breaks()[b];
            Estimate size =
                    switch (hypothesis.kind()) {
                        case FACTOR -> factor(refit, b, first + b);
                        case LEVEL, NONE, SATURATION, MISSES, FILLING, SIGMOID, ROOT ->
                                estimate(refit, first + b, space.unit);
                        case SLOPE, BEND, ONSET -> estimate(refit, first + b, space.unit / changed);
                    };
            regimes.add(
                    new Regime(
                            space.parameters.getFirst(),
                            space.coordinate[place],
                            space.coordinate[place + 1],
                            onset ? RegimeKind.BEND : hypothesis.kind(),
                            size));
        }
        if (hypothesis.kind().levelsOff()) {
            double border = hypothesis.border();
            boolean ofCoefficient = !hypothesis.terms().isEmpty();
            Estimate size = estimate(refit, first, space.unit / changed);
            regimes.add(
                    new Regime(
                            space.parameters.getFirst(),
                            border,
                            border,
                            hypothesis.kind(),
                            size,
                            ofCoefficient));
        }
        double largest = 0;
        for (int i = 0; i < space.points; i++) {
            double cost = space.target[i] * space.error[i];
            largest = Math.max(largest, Math.abs(cost - refit.fitted[i]));
        }
        terms.sort(
                Comparator.comparingDouble((CostModel.Term term) -> speed(term.product()))
                        .reversed());
        return new CostModel(estimate(refit, 0, space.unit), terms, regimes, false, largest);
    }

    /** A number that orders products by how fast they grow. */
    static double speed(Product product) {
        return product.factors().stream().mapToDouble(ModelWriter::speed).sum();
    }

    private static double speed(Factor factor) {
        return 1e6 * factor.factorials()
                + 1e3 * Math.log(factor.base())
                + factor.power().value()
                + 1e-3 * factor.logPower();
    }

    private Estimate estimate(Refit refit, int column, double unit) {
        double value = column < refit.coefficients.length ? refit.coefficients[column] : 0;
        double error = column < refit.errors.length ? refit.errors[column] : 0;
        return Estimate.of(value * unit, error * unit * reach, LEVEL);
    }

    private Estimate factor(Refit refit, int b, int column) {
        double error = column < refit.errors.length ? refit.errors[column] * reach : 0;
        double factor = refit.factors[b];
        return new Estimate(
                factor, factor * Math.exp(-error), factor * Math.exp(Math.min(error, 700)), LEVEL);
    }
}
