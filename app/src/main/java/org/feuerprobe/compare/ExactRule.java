package org.feuerprobe.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Summary;

/**
 * Decides whether a count changed that repeats exactly from boot to boot. Values of equal seeds are
 * compared one by one, so a single instruction in a single value shows. Other seeds or numbers of
 * values mean other work. Then only a difference that no choice of work can explain is a change.
 */
final class ExactRule {
    private ExactRule() {}

    static PointChange compare(Measurement base, Measurement now) {
        Summary before = base.summary();
        Summary after = now.summary();
        boolean sameWork = sameWork(base.boots(), now.boots());
        if (sameWork && sameNet(base.boots(), now.boots())) {
            return change(base, now, Direction.SAME, "median", before, after, "");
        }
        String statistic =
                before.median() != after.median()
                        ? "median"
                        : before.max() != after.max() ? "max" : "mean";
        boolean constant = before.min() == before.max() && after.min() == after.max();
        if (!sameWork && !constant) {
            if (before.max() < after.min()) {
                return change(base, now, Direction.WORSE, statistic, before, after, "");
            }
            if (after.max() < before.min()) {
                return change(base, now, Direction.BETTER, statistic, before, after, "");
            }
            return change(
                    base,
                    now,
                    Direction.OPEN,
                    statistic,
                    before,
                    after,
                    "measured with other seeds or numbers of samples, and the cost depends on them");
        }
        if (before.mean() == after.mean() && before.max() == after.max()) {
            Direction same = constant ? Direction.SAME : Direction.MOVED;
            return change(
                    base,
                    now,
                    same,
                    "mean",
                    before,
                    after,
                    constant ? "" : "single values differ; mean and maximum do not");
        }
        boolean worse = after.mean() > before.mean() || after.max() > before.max();
        return change(
                base,
                now,
                worse ? Direction.WORSE : Direction.BETTER,
                statistic,
                before,
                after,
                "");
    }

    private static PointChange change(
            Measurement base,
            Measurement now,
            Direction direction,
            String statistic,
            Summary before,
            Summary after,
            String reason) {
        double b =
                switch (statistic) {
                    case "max" -> before.max();
                    case "mean" -> before.mean();
                    default -> before.median();
                };
        double a =
                switch (statistic) {
                    case "max" -> after.max();
                    case "mean" -> after.mean();
                    default -> after.median();
                };
        Optional<Estimate> ratio = b > 0 ? Optional.of(Estimate.exact(a / b)) : Optional.empty();
        return new PointChange(
                base, now, direction, statistic, ratio, OptionalDouble.empty(), reason);
    }

    /**
     * Whether seeds, batches and numbers of values are equal, so that both kernels did the same
     * work.
     */
    private static boolean sameWork(List<BootSamples> base, List<BootSamples> now) {
        Map<Long, BootSamples> bySeed = bySeed(base);
        return base.size() == now.size()
                && now.stream()
                        .allMatch(boot -> {
                            BootSamples other = bySeed.get(boot.seed());
                            return other != null
                                    && other.batch() == boot.batch()
                                    && other.operation().length == boot.operation().length;
                        });
    }

    private static boolean sameNet(List<BootSamples> base, List<BootSamples> now) {
        Map<Long, BootSamples> bySeed = bySeed(base);
        return now.stream()
                .allMatch(boot -> {
                    BootSamples other = bySeed.get(boot.seed());
                    return other != null && java.util.Arrays.equals(other.net(), boot.net());
                });
    }

    private static Map<Long, BootSamples> bySeed(List<BootSamples> boots) {
        Map<Long, BootSamples> bySeed = new HashMap<>();
        boots.forEach(boot -> bySeed.put(boot.seed(), boot));
        return bySeed;
    }
}
