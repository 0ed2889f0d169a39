package org.feuerprobe.sample;

import java.util.Arrays;
import java.util.Optional;

/**
 * A unit that claims, files and options may use, and that converts to the one in which its quantity
 * is decided: times to ns, energies to nJ, powers to W, energy-delay products to Js.
 */
public sealed interface Unit permits UnitOfTime, UnitOfEnergy {
    /** The usual symbol: {@code us}, {@code mJ}. */
    String symbol();

    /** Symbol of the unit in which the quantity is decided. */
    String decidedIn();

    /** So many of this unit in {@link #decidedIn}: the nearest double to the exact product. */
    double decided(double amount);

    /** So many of {@link #decidedIn}, in this unit. */
    double fromDecided(double amount);

    /** The unit that is spelt so; {@code us/op} is {@code us}. */
    static Optional<Unit> of(String word) {
        return UnitOfTime.of(word).<Unit>map(unit -> unit).or(() -> UnitOfEnergy.of(word));
    }

    /** The unit at the end of a column's name: {@code time_us}, {@code Energy (mJ)}. */
    static Optional<Unit> in(String name) {
        return UnitOfTime.in(name).<Unit>map(unit -> unit).or(() -> UnitOfEnergy.in(name));
    }

    /** The data set in the unit in which its quantity is decided; other metrics as they are. */
    static DataSet decided(DataSet data) {
        Optional<Unit> unit = of(data.metric());
        return unit.isEmpty() || data.metric().equals(unit.get().decidedIn())
                ? data
                : new DataSet(
                        data.name(),
                        unit.get().decidedIn(),
                        false,
                        data.points().stream().map(point -> decided(point, unit.get())).toList());
    }

    private static Point decided(Point point, Unit unit) {
        return new Point(
                point.parameters(),
                point.boots().stream()
                        .map(boot -> Arrays.stream(boot).map(unit::decided).toArray())
                        .toList());
    }
}
