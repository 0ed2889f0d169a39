package org.feuerprobe.model;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.feuerprobe.bound.Expression;

/**
 * Comparison of the explanations of data sets that keep a bound with those that break it. It
 * remembers the candidate terms of each bound, and their values at the points of each grid.
 * Thread-safe.
 */
public final class CostAnalysis {
    private static final int MOST_REMEMBERED = 512;

    /** Limit on the remembered grids, and on the points of a grid that is remembered. */
    private static final int MOST_GRIDS = 64;

    private static final int MOST_POINTS = 100;

    private record Question(List<String> parameters, Expression bound) {}

    private record Grid(Question question, List<Double> coordinates) {}

    private final ConcurrentHashMap<Question, TermDictionary.Terms> remembered =
            new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Grid, Design> grids = new ConcurrentHashMap<>();
    private final Quantiles quantiles = new Quantiles();

    /** Makes an analysis with an empty memory. */
    public CostAnalysis() {}

    /** Compares. {@code bound} may only name parameters of {@code data}. */
    public GrowthComparison compare(Condensed data, Expression bound) {
        Condensed merged = data.merged();
        return GrowthAnalyst.compare(merged, bound, design(merged, bound), quantiles);
    }

    private Design design(Condensed data, Expression bound) {
        Question question = new Question(data.parameters(), bound);
        if (data.points().size() > MOST_POINTS) {
            return new Design(data, terms(question));
        }
        if (grids.size() > MOST_GRIDS) {
            grids.clear();
        }
        return grids.computeIfAbsent(
                new Grid(question, data.coordinates()), _ -> new Design(data, terms(question)));
    }

    private TermDictionary.Terms terms(Question question) {
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(
                question, asked -> TermDictionary.over(asked.parameters(), asked.bound()));
    }
}
