package org.feuerprobe.sample;

import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Do two samples differ, and by how much? Mann and Whitney's (1947) rank test, and as effect size
 * the chance that a value of the second exceeds one of the first, ties counted half (Vargha and
 * Delaney 2000).
 *
 * @param statistic Mann and Whitney's U of the first sample
 * @param p two-sided; exact for small samples without ties
 * @param superiority 0.5 where neither tends to be larger
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
