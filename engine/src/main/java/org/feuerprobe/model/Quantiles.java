package org.feuerprobe.model;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Quantiles of the distributions of Student and Fisher. It remembers them, because each is found by
 * a search, and data sets of one kind ask for the same ones. Thread-safe.
 */
final class Quantiles {
    private static final int MOST_REMEMBERED = 4096;

    private record Asked(boolean student, double degrees, double tail) {}

    private final ConcurrentHashMap<Asked, Double> remembered = new ConcurrentHashMap<>();

    /** The value that Student's t exceeds with this probability. */
    double student(double degrees, double tail) {
        return remembered(
                new Asked(true, Math.max(1, degrees), tail),
                asked -> TDistribution.of(asked.degrees).inverseSurvivalProbability(asked.tail));
    }

    /** The value that Fisher's F with one degree of freedom above exceeds with this probability. */
    double fisher(double degrees, double tail) {
        return remembered(
                new Asked(false, Math.max(1, degrees), tail),
                asked -> FDistribution.of(1, asked.degrees).inverseSurvivalProbability(asked.tail));
    }

    private double remembered(Asked asked, ToDoubleFunction<Asked> search) {
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(asked, search::applyAsDouble);
    }
}
