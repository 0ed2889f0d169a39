package org.feuerprobe.model;

import org.feuerprobe.bound.Expression;

/**
 * A part of a model that grows faster than the bound.
 *
 * @param growth its growth class
 * @param share its share of the cost at the far end
 * @param chance probability of such a large part if there were none, corrected for the choice of
 *     the term
 */
public record FastPart(Expression growth, double share, double chance) {}
