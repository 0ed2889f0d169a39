package org.feuerprobe.model;

/**
 * How the best model within a bound misses the points.
 *
 * @param explainsNothing whether the model decides nothing, because it misses many points by far,
 *     or misses a lasting rise of the cost over the bound
 * @param growth probability of that rise if there were none, whatever law the cost follows; 1 if
 *     the rise does not last or the model fits the points
 */
public record Misfit(boolean explainsNothing, double growth) {}
