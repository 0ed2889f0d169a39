package org.feuerprobe.model;

/**
 * How the best model within a bound misses the points.
 *
 * @param explainsNothing whether it misses many of them by far, or a lasting rise of the cost over
 *     the bound: then it decides nothing
 * @param growth chance of that rise if there were none, whatever law the cost follows; 1 where the
 *     rise does not last or the model meets the points
 */
public record Misfit(boolean explainsNothing, double growth) {}
