package org.feuerprobe.compare;

import java.util.Optional;
import java.util.OptionalDouble;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Summary;

/**
 * One benchmark at one point, before and after, net of the twin, per operation.
 *
 * @param base what was measured before
 * @param now what was measured after
 * @param statistic which figure tells most of the change: {@code median}, {@code max}, {@code mean}
 * @param ratio new over base of that figure; its ends are equal where counts repeat exactly; empty
 *     where the base is not positive
 * @param p chance of such a difference if there were none, not yet corrected for the family; empty
 *     where counts repeat exactly
 * @param reason in words, where the direction is {@code OPEN} or {@code MOVED}
 */
public record PointChange(
        Measurement base,
        Measurement now,
        Direction direction,
        String statistic,
        Optional<Estimate> ratio,
        OptionalDouble p,
        String reason) {
    /** The figure before. */
    public double before() {
        return figure(base);
    }

    /** The figure after. */
    public double after() {
        return figure(now);
    }

    public boolean exact() {
        return p.isEmpty();
    }

    PointChange with(Direction other, String why) {
        return new PointChange(base, now, other, statistic, ratio, p, why);
    }

    /** The same figures, of which at least one may not be believed. */
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
