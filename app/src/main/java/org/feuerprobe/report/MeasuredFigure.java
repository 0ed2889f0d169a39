package org.feuerprobe.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.Numbers;

/**
 * The number behind a verdict in a few characters: {@code max 30} or {@code 17 + 7·N}. If the cost
 * grows otherwise than claimed, the growth class precedes it: {@code O(N): 17 + 7·N}.
 */
public final class MeasuredFigure {
    private static final int LONGEST = 60;

    private MeasuredFigure() {}

    /**
     * The number; empty if nothing was measured.
     *
     * @param usual the campaign's own unit, which is not repeated; any other unit follows the
     *     number
     */
    public static String of(StoredVerdict verdict, String usual) {
        String unit = verdict.metric().equals(usual) ? "" : " " + verdict.metric();
        Optional<StoredVerdict.Statistic> statistic = statistic(verdict);
        if (statistic.isPresent()) {
            return statistic.get().name() + " " + value(statistic.get()) + unit;
        }
        String model = verdict.model().map(one -> law(one, verdict.metric()) + unit).orElse("");
        boolean otherwise =
                !verdict.growth().isEmpty() && !verdict.claim().startsWith(verdict.growth());
        String text =
                otherwise
                        ? verdict.growth() + (model.isEmpty() ? "" : ": " + model)
                        : model.isEmpty() ? verdict.growth() : model;
        return ForeignText.middle(text, LONGEST);
    }

    /** The number in a list of limits that hold, such as {@code 30 of 40}. */
    static String within(StoredVerdict verdict) {
        Optional<StoredVerdict.Statistic> statistic = statistic(verdict);
        Optional<Claim.Absolute> limit = limit(verdict);
        return statistic.isPresent() && limit.isPresent()
                ? value(statistic.get()) + " of " + Numbers.grouped(limit.get().limit())
                : of(verdict, verdict.metric());
    }

    /** The statistic divided by its limit; 0 if the claim has no limit. */
    static double shareOfLimit(StoredVerdict verdict) {
        return limit(verdict)
                .filter(claim -> claim.limit() > 0)
                .flatMap(
                        claim -> statistic(verdict).map(one -> one.value().value() / claim.limit()))
                .orElse(0.0);
    }

    static Optional<Claim.Absolute> limit(StoredVerdict verdict) {
        return verdict.meaning()
                .filter(Claim.Absolute.class::isInstance)
                .map(Claim.Absolute.class::cast);
    }

    /** The largest statistic among the benchmarks that decided the verdict. */
    static Optional<StoredVerdict.Statistic> statistic(StoredVerdict verdict) {
        List<StoredVerdict.Statistic> all =
                verdict.evidence().stream()
                        .filter(item -> item.verdict() == verdict.verdict())
                        .flatMap(item -> item.statistic().stream())
                        .toList();
        return all.stream().max(Comparator.comparingDouble(one -> one.value().value()));
    }

    static String value(StoredVerdict.Statistic statistic) {
        return Numbers.grouped(statistic.value().value());
    }

    /** The model without its unit, and without terms of parameters that have no influence. */
    private static String law(StoredModel model, String metric) {
        String text = model.text();
        String bare =
                text.endsWith(" " + metric)
                        ? text.substring(0, text.length() - metric.length() - 1)
                        : text;
        return bare.replaceAll(" \\+ 0·[A-Za-z_][A-Za-z_0-9]*(?=$| |;)", "");
    }
}
