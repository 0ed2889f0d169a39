package org.feuerprobe.report;

/**
 * A quantile of a sample with its distribution-free interval between order statistics (Hahn and
 * Meeker 1991, section 5.2): the number of values at or below a quantile is binomial.
 *
 * @param known whether the sample is large enough for an upper end; otherwise {@code high} is the
 *     largest value seen and the interval is open
 */
public record QuantileInterval(double value, double low, double high, boolean known) {
    private static final double TAIL = 0.025;

    /** The quantile of order {@code order} at 95 %; {@code sorted} holds at least one value. */
    static QuantileInterval of(double[] sorted, double order) {
        int n = sorted.length;
        double value = sorted[Math.max(0, (int) Math.ceil(order * n - 1e-9) - 1)];
        int low = atMost(n, order, TAIL);
        int high = atMost(n, order, 1 - TAIL) + 1;
        return new QuantileInterval(
                value,
                Math.min(value, sorted[Math.clamp(low - 1, 0, n - 1)]),
                Math.max(value, sorted[Math.clamp(high - 1, 0, n - 1)]),
                low >= 1 && high <= n);
    }

    /** Smallest k with P(Binomial(n, p) <= k) >= level. */
    private static int atMost(int n, double p, double level) {
        double logTerm = n * Math.log1p(-p);
        double odds = Math.log(p) - Math.log1p(-p);
        double sum = Math.exp(logTerm);
        int k = 0;
        while (sum < level && k < n) {
            logTerm += Math.log((double) (n - k) / (k + 1)) + odds;
            sum += Math.exp(logTerm);
            k++;
        }
        return k;
    }
}
