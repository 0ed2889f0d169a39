package org.feuerprobe.model;

import java.util.List;
import java.util.Set;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.bound.Product;

/**
 * A growing term that a model may contain.
 *
 * @param product its shape
 * @param cost its rarity, as a penalty on the scale of the score; 0 for textbook classes
 * @param within whether it grows no faster than the bound
 * @param reached a bit for each product of the bound, set if the term grows at least as fast
 */
record CandidateTerm(Product product, double cost, boolean within, long reached) {
    private static final int MOST = 63;

    /** Limit on the rarity of tried terms. Rarer terms only fit a few high points. */
    private static final double ORDINARY = 5;

    /** Makes a term, and compares it with a bound over these parameters. */
    static CandidateTerm of(
            Product product, double cost, GrowthOrder order, Expression bound, Set<String> all) {
        boolean within = order.within(product);
        GrowthOrder own = new GrowthOrder(new Expression(List.of(product)), all);
        long reached = 0;
        List<Product> products = bound.products();
        for (int i = 0; i < Math.min(MOST, products.size()); i++) {
            reached |= !within || own.within(products.get(i)) ? 1L << i : 0;
        }
        return new CandidateTerm(product, cost, within, reached);
    }

    /** Whether it is no rare term, and grows faster than the bound. */
    boolean ordinaryAndFast() {
        return !within && cost < ORDINARY;
    }
}
