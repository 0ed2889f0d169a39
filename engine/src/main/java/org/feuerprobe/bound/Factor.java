package org.feuerprobe.bound;

import java.util.regex.Pattern;

/**
 * One parameter's part of a product: {@code parameter^power · log2(parameter)^logPower}.
 *
 * @param parameter name, for example {@code N_caps}; never empty
 * @param power exact exponent, possibly zero
 * @param logPower exponent of the logarithm, at least zero
 */
public record Factor(String parameter, Fraction power, int logPower) {
    private static final Pattern PLAIN = Pattern.compile("(?!(?:log|sqrt)$)[A-Za-z_][A-Za-z0-9_]*");

    public Factor {
        if (parameter.isEmpty() || logPower < 0) {
            throw new IllegalArgumentException(
                    "parameter='" + parameter + "' logPower=" + logPower);
        }
    }

    /**
     * The factor's value at {@code n}; logarithms are taken of at least 1, so a cost never turns
     * negative.
     */
    public double at(double n) {
        double value = Math.pow(n, power.value());
        for (int i = 0; i < logPower; i++) {
            value *= Math.log(Math.max(n, 1.0)) / Math.log(2);
        }
        return value;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!power.isZero()) {
            text.append(shown());
            if (!power.equals(Fraction.ONE)) {
                text.append('^').append(power);
            }
        }
        if (logPower > 0) {
            if (!text.isEmpty()) {
                text.append(' ');
            }
            text.append("log");
            if (logPower > 1) {
                text.append('^').append(logPower);
            }
            text.append(' ').append(shown());
        }
        return text.toString();
    }

    /** Between bars where the name is none that a claim can spell without. */
    private String shown() {
        return PLAIN.matcher(parameter).matches() ? parameter : "|" + parameter + "|";
    }
}
