package org.feuerprobe.sample;

import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Comparison of two samples by the rank test of Mann and Whitney (1947). The effect size is the
 * probability that a value of the second sample exceeds one of the first, with ties counted half
 * (Vargha and Delaney 2000).
 *
 * @param statistic U of the first sample
 * @param p two-sided p-value; exact for small samples without ties
 * @param superiority the effect size; 0.5 if neither sample tends to be larger
 */
public record TwoSamples(double statistic, double p, double superiority) {
    /** Compares two samples with at least one value each. */
    public static TwoSamples of(double[] first, double[] second) {
        var result = MannWhitneyUTest.withDefaults().test(first, second);
        double u = result.getStatistic();
        double pairs = (double) first.length * second.length;
        double p = result.getPValue();
        return new TwoSamples(u, Double.isFinite(p) ? p : 1, 1 - u / pairs);
    }
}
