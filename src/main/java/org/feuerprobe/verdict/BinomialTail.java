package org.feuerprobe.verdict;

/** Exact tails of the binomial law, by summing its terms. Cost: linear in n. */
final class BinomialTail {
    private BinomialTail() {}

    /** Chance of at most {@code k} successes in {@code n} trials of chance {@code p} in (0, 1). */
    static double atMost(long k, long n, double p) {
        double ratio = Math.log(p) - Math.log1p(-p);
        double term = n * Math.log1p(-p);
        double sum = k >= 0 ? Math.exp(term) : 0;
        for (long i = 1; i <= Math.min(k, n); i++) {
            term += Math.log((double) (n - i + 1) / i) + ratio;
            sum += Math.exp(term);
        }
        return Math.min(1, sum);
    }

    /** Chance of at least {@code k} successes. */
    static double atLeast(long k, long n, double p) {
        return k <= 0 ? 1 : atMost(n - k, n, 1 - p);
    }
}
