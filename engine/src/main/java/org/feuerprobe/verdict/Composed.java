package org.feuerprobe.verdict;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Part;
import org.feuerprobe.model.Composition;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.sample.Numbers;

/**
 * Comparison of a benchmark's cost with the prediction from its operation's parts.
 *
 * @param benchmark the measured benchmark
 * @param parts the parts, with the models that predict their costs
 * @param composition the comparison, point by point
 * @param text one clause for people
 */
public record Composed(
        String benchmark, List<PartModel> parts, Composition composition, String text) {
    /** One part with the model of its cost. */
    public record PartModel(Part part, String benchmark, CostModel model) {}

    static Composed of(
            String benchmark, String metric, List<PartModel> parts, Composition composition) {
        return new Composed(benchmark, parts, composition, text(metric, parts, composition));
    }

    private static String text(String metric, List<PartModel> parts, Composition composition) {
        String names =
                parts.stream().map(p -> p.part().toString()).collect(Collectors.joining(" + "));
        int points = composition.points().size();
        if (composition.addsUp()) {
            return String.format(
                    Locale.ROOT,
                    "its parts %s predict it to within %.1f %% at %s",
                    names,
                    100 * Math.abs(composition.largestRemainder()),
                    Numbers.counted(points, "point"));
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Composition.Line line : composition.points()) {
            least = Math.min(least, line.remainder().value());
            most = Math.max(most, line.remainder().value());
        }
        String rest =
                most - least < 1e-9 * Math.max(1, Math.abs(most))
                        ? "%s %s at every point".formatted(Numbers.inFormula(least), metric)
                        : "%s to %s %s"
                                .formatted(
                                        Numbers.inFormula(least), Numbers.inFormula(most), metric);
        return String.format(
                Locale.ROOT,
                "its parts %s do not add up to it: measured less predicted is %s, up to %.0f %% of the cost",
                names,
                rest,
                100 * Math.abs(composition.largestRemainder()));
    }
}
