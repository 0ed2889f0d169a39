package org.feuerprobe.archive;

/**
 * A verdict on a bound.
 *
 * @param growth growth class of the cost model, or empty
 * @param model the cost model in words, or empty
 * @param metric metric on which the bound was decided
 */
public record ArchivedVerdict(
        String bound,
        String operation,
        String claim,
        String verdict,
        String growth,
        String model,
        String metric) {}
