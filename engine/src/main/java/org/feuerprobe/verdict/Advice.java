package org.feuerprobe.verdict;

import java.util.List;
import java.util.Map;

/**
 * Measurements that would decide an open verdict, for people and for the planner of the next round.
 *
 * @param points further points to measure; empty if more values at the same points suffice
 * @param boots total number of fresh boots at every point
 * @param values total number of independent values, for a claim about a statistic; 0 for growth
 * @param reason one sentence
 */
public record Advice(List<Map<String, Double>> points, int boots, long values, String reason) {
    /**
     * Limit on the number of boots, which no budget reaches. The planner limits a round further.
     */
    static final int MOST_BOOTS = 1000;

    public Advice {
        points = List.copyOf(points);
    }
}
