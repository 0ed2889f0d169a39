package org.feuerprobe.model;

import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Numbers;

/**
 * A change of the law at a value of a parameter, for example because a working set leaves a cache.
 *
 * @param parameter the parameter
 * @param above the largest tested value before the change, or the border if the cost levels off
 * @param next the smallest tested value after the change, or the border if the cost levels off
 * @param kind what changes
 * @param size the factor, the added cost, or the change of the growing term's coefficient
 * @param ofCoefficient whether the growing term's coefficient levels off, and not the cost
 */
public record Regime(
        String parameter,
        double above,
        double next,
        RegimeKind kind,
        Estimate size,
        boolean ofCoefficient) {
    /** Makes a change of the cost, or one whose kind says what changes. */
    public Regime(String parameter, double above, double next, RegimeKind kind, Estimate size) {
        this(parameter, above, next, kind, size, false);
    }

    /** Text for people: {@code cost ×3.01 past n = 256}. */
    @Override
    public String toString() {
        String past = " past " + parameter + " = " + Numbers.inFormula(above);
        String change = (ofCoefficient ? "coefficient " : "cost ") + signed(size.value());
        return switch (kind) {
            case NONE -> "no change" + past;
            case FACTOR -> "cost ×" + Numbers.inFormula(size.value()) + past;
            case LEVEL -> "cost " + signed(size.value()) + past;
            case SLOPE -> "coefficient " + signed(size.value()) + ", with a jump," + past;
            case BEND, ONSET -> "coefficient " + signed(size.value()) + past;
            case SATURATION ->
                    "%s·%s/(%s + %s)"
                            .formatted(change, parameter, parameter, Numbers.inFormula(above));
            case MISSES ->
                    "%s·(1 - %s/%s)".formatted(change, Numbers.inFormula(above), parameter) + past;
            case FILLING ->
                    "%s·(1 - exp(-%s/%s))".formatted(change, parameter, Numbers.inFormula(above));
            case SIGMOID ->
                    "%s·%s^2/(%s^2 + %s^2)"
                            .formatted(change, parameter, parameter, Numbers.inFormula(above));
            case ROOT ->
                    "%s·(1 - sqrt(%s/%s))".formatted(change, Numbers.inFormula(above), parameter)
                            + past;
        };
    }

    private static String signed(double value) {
        return (value < 0 ? "-" : "+") + Numbers.inFormula(Math.abs(value));
    }
}
