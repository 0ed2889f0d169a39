package org.feuerprobe.verdict;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.feuerprobe.model.GrowthComparison;
import org.feuerprobe.sample.Numbers;

/**
 * Growth faster than a bound that the data cannot exclude, although the bound holds.
 *
 * @param share its upper 95 % limit, as a share of the cost at the far end
 * @param text the same for people
 */
record Undetected(double share, String text) {
    private static final double FEW_DIGITS = 0.1;

    /** Smaller shares are printed as this one. */
    private static final double LEAST = 0.001;

    static Undetected in(Question question, GrowthComparison comparison) {
        double share = Math.max(LEAST, comparison.undetected());
        if (!Double.isFinite(share)) {
            return new Undetected(share, "the values vary too much to exclude any growth");
        }
        String percent =
                String.format(Locale.ROOT, share < FEW_DIGITS ? "%.2g" : "%.0f", 100 * share);
        boolean flat = question.bound().parameters().isEmpty();
        if (!flat) {
            String end = ends(question, span -> Numbers.plain(span.to()));
            return new Undetected(
                    share,
                    "faster growth makes up at most %s %% at %s (95 %%)".formatted(percent, end));
        }
        String range =
                ends(question, span -> Numbers.plain(span.from()) + "…" + Numbers.plain(span.to()));
        String what =
                comparison.within().regimes().isEmpty() ? "it rises" : "apart from that it rises";
        return new Undetected(
                share, "%s at most %s %% over %s (95 %%)".formatted(what, percent, range));
    }

    private static String ends(Question question, Function<Decision.Span, String> text) {
        return question.range().entrySet().stream()
                .filter(entry -> question.varying().contains(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " = " + text.apply(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text;
    }
}
