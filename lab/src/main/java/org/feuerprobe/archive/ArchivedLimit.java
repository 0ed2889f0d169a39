package org.feuerprobe.archive;

/** How a limit stands at one point: exact number of values, the largest, and how many lie above. */
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
