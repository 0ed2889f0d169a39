package org.feuerprobe.energy;

import java.io.IOException;
import java.util.Locale;
import org.feuerprobe.energy.EnergySource.Description;
import org.feuerprobe.energy.EnergySource.Quantity;

/**
 * Joules since the first of several readings of a source. A counter that wraps is continued, and
 * power is integrated by the trapezoidal rule. Not thread-safe.
 */
public final class EnergyCount {
    private static final double NANOS = 1e9;

    private final Description of;
    private boolean begun;
    private double last;
    private long lastNanos;
    private long firstNanos;
    private double joules;
    private long updates;

    /** Counts from the first reading on. */
    public EnergyCount(Description of) {
        this.of = of;
    }

    /**
     * Takes a reading at a time.
     *
     * @throws IOException if the source cannot be right: a counter that goes backwards and does not
     *     wrap
     */
    public void add(long nanos, double value) throws IOException {
        if (!begun) {
            firstNanos = nanos;
        } else if (of.quantity() == Quantity.POWER) {
            joules += (value + last) / 2 * ((nanos - lastNanos) / NANOS);
        } else {
            joules += gained(value);
        }
        updates += begun && value != last ? 1 : 0;
        begun = true;
        last = value;
        lastNanos = nanos;
    }

    private double gained(double value) throws IOException {
        if (value >= last) {
            return value - last;
        }
        if (of.wrap().isEmpty()) {
            throw new IOException(
                    String.format(
                            Locale.ROOT,
                            "%s went backwards by %.6f J and does not wrap: it is charged, or was reset",
                            of.name(),
                            last - value));
        }
        return value - last + of.wrap().getAsDouble();
    }

    /** Energy since the first reading. */
    public double joules() {
        return joules;
    }

    /** Time from the first reading to the last. */
    public double seconds() {
        return (lastNanos - firstNanos) / NANOS;
    }

    /** How often the value changed. */
    public long updates() {
        return updates;
    }
}
