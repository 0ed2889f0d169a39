package org.feuerprobe.model;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.feuerprobe.bound.Expression;

/**
 * Comparison of the explanations of data sets that keep a bound with those that break it. It caches
 * the candidate terms of each bound. Thread-safe.
 */
public final class CostAnalysis {
    private static final int MOST_REMEMBERED = 512;

    private record Question(List<String> parameters, Expression bound) {}

    private final ConcurrentHashMap<Question, TermDictionary.Terms> remembered =
            new ConcurrentHashMap<>();

    /** Makes an analysis with an empty cache. */
    public CostAnalysis() {}

    /** Compares. {@code bound} may only name parameters of {@code data}. */
    public GrowthComparison compare(Condensed data, Expression bound) {
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        TermDictionary.Terms terms =
                remembered.computeIfAbsent(
                        new Question(data.parameters(), bound),
                        question -> TermDictionary.over(question.parameters(), question.bound()));
        return GrowthAnalyst.compare(data.merged(), bound, terms);
    }
}
