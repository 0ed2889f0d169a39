package org.feuerprobe.bound;

/**
 * One parameter's part of a product: {@code parameter^power · log2(parameter)^logPower}.
 *
 * @param parameter name, for example {@code N_caps}; never empty
 * @param power exact exponent, possibly zero
 * @param logPower exponent of the logarithm, at least zero
 */
public record Factor(String parameter, Fraction power, int logPower) {
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
            text.append(parameter);
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
            text.append(' ').append(parameter);
        }
        return text.toString();
    }
}
