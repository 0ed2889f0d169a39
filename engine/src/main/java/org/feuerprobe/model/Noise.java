package org.feuerprobe.model;

/**
 * Scatter of the values of one point about their cost.
 *
 * @param exponent exponent in {@code scale · cost^exponent}, the standard deviation of a value: 1
 *     for multiplicative noise, 0 for additive
 * @param scale scale of a single value within a boot; not negative
 * @param betweenBoots scale of the part that all values of a boot share; 0 if boots agree
 * @param degreesOfFreedom degrees of freedom of the scale; 0 if no point was measured twice
 */
public record Noise(double exponent, double scale, double betweenBoots, double degreesOfFreedom) {
    /** Standard deviation of one value at this cost. */
    public double standardDeviation(double cost) {
        return Math.hypot(scale, betweenBoots) * Math.pow(Math.abs(cost), exponent);
    }
}
