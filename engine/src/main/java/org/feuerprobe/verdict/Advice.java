package org.feuerprobe.verdict;

import java.util.List;
import java.util.Map;

/**
 * What would decide an open verdict, for people and for the planner of the next round.
 *
 * @param points parameter values to measure besides those measured; empty where more of the same
 *     would do
 * @param boots fresh boots wanted at every point, in all
 * @param values independent values wanted in all, for a claim about a statistic; 0 for growth
 * @param reason one sentence
 */
public record Advice(List<Map<String, Double>> points, int boots, long values, String reason) {
    /** More than a budget pays for: how many a round takes is another thing. */
    static final int MOST_BOOTS = 1000;

    public Advice {
        points = List.copyOf(points);
    }
}
