package org.feuerprobe.energy;

import java.io.IOException;
import java.util.OptionalDouble;

/**
 * Something that counts energy or measures power. Reading costs a system call or a round trip, and
 * fails if the source vanishes.
 */
public interface EnergySource extends AutoCloseable {
    /** What a value of a source is. */
    enum Quantity {
        /** Joules since some moment. */
        ENERGY,
        /** Watts now. */
        POWER
    }

    /**
     * What is known of a source before it is read.
     *
     * @param name unique, and short enough for a table: {@code powercap package-0}
     * @param domain what takes the energy: {@code package}, {@code core}, {@code dram}, …
     * @param scope what else is in the figure: {@code one socket}, {@code whole machine}
     * @param resolution smallest difference of two values, in J or W
     * @param wrap a counter begins at 0 again after so many joules; empty if it never does, or does
     *     not say
     * @param where the file or address that is read
     */
    record Description(
            String name,
            String domain,
            String scope,
            Quantity quantity,
            double resolution,
            OptionalDouble wrap,
            String where) {}

    Description description();

    /** The value now, in joules or watts. */
    double read() throws IOException;

    @Override
    default void close() {}
}
