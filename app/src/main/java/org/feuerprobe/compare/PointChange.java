package org.feuerprobe.compare;

import java.util.Optional;
import java.util.OptionalDouble;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Summary;

/**
 * One benchmark at one point, before and after, per operation, with the overhead twin subtracted.
 *
 * @param base the measurement before
 * @param now the measurement after
 * @param statistic the figure that changed most clearly: {@code median}, {@code max} or {@code
 *     mean}
 * @param ratio new value of that figure divided by the old one; an interval of zero width if counts
 *     repeat exactly; empty if the old value is not positive
 * @param p probability of such a difference if nothing changed, not yet adjusted for multiple
 *     comparisons; empty if counts repeat exactly
 * @param reason explanation in words, if the direction is {@code OPEN} or {@code MOVED}
 */
public record PointChange(
        Measurement base,
        Measurement now,
        Direction direction,
        String statistic,
        Optional<Estimate> ratio,
        OptionalDouble p,
        String reason) {
    /** The old value of the figure. */
    public double before() {
        return figure(base);
    }

    /** The new value of the figure. */
    public double after() {
        return figure(now);
    }

    public boolean exact() {
        return p.isEmpty();
    }

    PointChange with(Direction other, String why) {
        return new PointChange(base, now, other, statistic, ratio, p, why);
    }

    /** The same point left open, because a figure in it may not be believed. */
    PointChange doubted(String why) {
        return new PointChange(
                base,
                now,
                Direction.OPEN,
                statistic,
                Optional.empty(),
                p.isEmpty() ? p : OptionalDouble.of(1),
                why);
    }

    private double figure(Measurement measurement) {
        Summary summary = measurement.summary();
        return switch (statistic) {
            case "max" -> summary.max();
            case "mean" -> summary.mean();
            default -> summary.median();
        };
    }
}
