package org.feuerprobe.archive;

/**
 * A limit at one point: the exact number of values, the largest value, and the number of values
 * above the limit.
 */
public record ArchivedLimit(
        String bound,
        String benchmark,
        String target,
        String metric,
        String point,
        double limit,
        long n,
        double max,
        long above) {}
