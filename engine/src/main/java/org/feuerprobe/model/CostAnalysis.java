package org.feuerprobe.model;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.feuerprobe.bound.Expression;

/**
 * Compares the explanations of data sets that keep a bound with those that break it. Remembers the
 * candidate terms of each bound it has met; safe in any number of threads.
 */
public final class CostAnalysis {
    private static final int MOST_REMEMBERED = 512;

    private record Question(List<String> parameters, Expression bound) {}

    private final ConcurrentHashMap<Question, TermDictionary.Terms> remembered =
            new ConcurrentHashMap<>();

    /** Starts with no remembered bound. */
    public CostAnalysis() {}

    /** Compares; {@code bound} may only name parameters of {@code data}. */
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
