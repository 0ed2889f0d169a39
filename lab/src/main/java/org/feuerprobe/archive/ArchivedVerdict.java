package org.feuerprobe.archive;

/**
 * What was decided on a bound.
 *
 * @param growth class of the cost model, or empty
 * @param model in words, or empty
 * @param metric what it was decided on
 */
public record ArchivedVerdict(
        String bound,
        String operation,
        String claim,
        String verdict,
        String growth,
        String model,
        String metric) {}
