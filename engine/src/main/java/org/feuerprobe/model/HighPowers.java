package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.bound.Product;

/**
 * Search for products of whole powers of several parameters beyond the usual list: {@code
 * x^3·y^2·z}. There are many, so each round keeps those that leave the smallest misfit when added
 * to the best model so far.
 */
final class HighPowers {
    private static final int HIGHEST = 5;
    private static final int KEPT = 6;

    /**
     * Rarity of such a product. It is below the limit for terms that are tried together with a
     * textbook class.
     */
    private static final double COST = 9;

    private final SearchSpace space;
    private final Expression bound;
    private final Set<String> all;
    private final GrowthOrder order;

    HighPowers(SearchSpace space, Expression bound) {
        this.space = space;
        this.bound = bound;
        all = new LinkedHashSet<>(space.parameters);
        order = new GrowthOrder(bound, all);
    }

    private record Found(Product product, double squares) {}

    /** The products that best explain the residuals of this model. */
    List<CandidateTerm> candidates(Hypothesis best) {
        SmallFit fit = new SmallFit(space.target);
        for (double[] column : new Refit(space, best).columns) {
            if (fit.columns() < SmallFit.MOST - 1) {
                fit.add(column);
            }
        }
        int columns = fit.columns();
        Set<Product> known = new LinkedHashSet<>();
        space.terms.forEach(term -> known.add(term.product()));
        List<Found> found = new ArrayList<>();
        for (Product product : products()) {
            Optional<double[]> column =
                    known.contains(product) ? Optional.empty() : space.column(product);
            fit.keep(columns);
            if (column.isPresent() && fit.add(column.get())) {
                found.add(new Found(product, fit.squares()));
            }
        }
        found.sort(Comparator.comparingDouble(Found::squares));
        return found.stream()
                .limit(KEPT)
                .map(each -> CandidateTerm.of(each.product(), COST, order, bound, all))
                .toList();
    }

    private List<Product> products() {
        List<Product> products = new ArrayList<>(List.of(Product.ONE));
        for (String parameter : space.parameters) {
            List<Product> longer = new ArrayList<>();
            for (Product product : products) {
                longer.add(product);
                for (int power = 1; power <= HIGHEST; power++) {
                    longer.add(product.times(Product.of(parameter, new Fraction(power, 1), 0)));
                }
            }
            products = longer;
        }
        return products.subList(1, products.size());
    }
}
