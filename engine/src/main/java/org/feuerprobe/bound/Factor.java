package org.feuerprobe.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.numbers.gamma.LogGamma;
import org.feuerprobe.sample.Numbers;

/**
 * The part of a product that depends on one parameter: {@code n^power · log2(n + logShift)^logPower
 * · base^n · (n!)^factorials}.
 *
 * @param parameter name, for example {@code N_caps}; never empty
 * @param power exact exponent, possibly zero
 * @param logPower exponent of the logarithm, at least zero
 * @param logShift number that is added inside the logarithm; it does not change the order of growth
 * @param base base of the exponential, at least 1; 1 means that there is none
 * @param factorials exponent of the factorial, at least zero
 */
public record Factor(
        String parameter,
        Fraction power,
        int logPower,
        double logShift,
        double base,
        int factorials) {
    private static final Pattern PLAIN = Pattern.compile("(?!(?:log|sqrt)$)[A-Za-z_][A-Za-z0-9_]*");

    /** The largest whole number whose factorial is a finite double. */
    private static final double LARGEST_FACTORIAL = 170;

    public Factor {
        if (parameter.isEmpty()
                || logPower < 0
                || !(logShift >= 0)
                || !(base >= 1)
                || factorials < 0) {
            throw new IllegalArgumentException(
                    "parameter='%s' logPower=%d logShift=%s base=%s factorials=%d"
                            .formatted(parameter, logPower, logShift, base, factorials));
        }
        logShift = logPower == 0 ? 0 : logShift;
    }

    public Factor(String parameter, Fraction power, int logPower) {
        this(parameter, power, logPower, 0, 1, 0);
    }

    /** The factor {@code base^parameter}. */
    public static Factor exponential(String parameter, double base) {
        return new Factor(parameter, Fraction.ZERO, 0, 0, base, 0);
    }

    /** The factor {@code parameter!}. */
    public static Factor factorial(String parameter) {
        return new Factor(parameter, Fraction.ZERO, 0, 0, 1, 1);
    }

    /** Whether it grows faster than every power. */
    public boolean exceedsPowers() {
        return base > 1 || factorials > 0;
    }

    boolean isOne() {
        return power.isZero() && logPower == 0 && !exceedsPowers();
    }

    /** The product of two factors of one parameter: exponents are added, bases multiplied. */
    Factor times(Factor other) {
        return new Factor(
                parameter,
                power.plus(other.power),
                logPower + other.logPower,
                Math.max(logShift, other.logShift),
                base * other.base,
                factorials + other.factorials);
    }

    /**
     * The factor's value at {@code n}. The argument of the logarithm is at least 1, so a cost is
     * never negative. The value is infinite if an exponential exceeds the range of doubles.
     */
    public double at(double n) {
        double value = Math.pow(n, power.value());
        for (int i = 0; i < logPower; i++) {
            value *= Math.log(Math.max(n + logShift, 1.0)) / Math.log(2);
        }
        if (base > 1) {
            value *= Math.pow(base, n);
        }
        for (int i = 0; i < factorials; i++) {
            value *= factorial(n);
        }
        return value;
    }

    private static double factorial(double n) {
        if (n == Math.rint(n) && n <= LARGEST_FACTORIAL) {
            double product = 1;
            for (int k = 2; k <= n; k++) {
                product *= k;
            }
            return product;
        }
        return Math.exp(LogGamma.value(n + 1));
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!power.isZero()) {
            parts.add(shown() + (power.equals(Fraction.ONE) ? "" : "^" + power));
        }
        if (base > 1) {
            parts.add(Numbers.plain(base) + "^" + shown());
        }
        for (int i = 0; i < factorials; i++) {
            parts.add(shown() + "!");
        }
        String powers = String.join("·", parts);
        if (logPower == 0) {
            return powers;
        }
        String log = logPower > 1 ? "log^" + logPower : "log";
        return (powers.isEmpty() ? "" : powers + " ")
                + log
                + (logShift > 0
                        ? "(%s + %s)".formatted(shown(), Numbers.plain(logShift))
                        : " " + shown());
    }

    /** The name, in bars if a claim cannot contain it otherwise. */
    private String shown() {
        return PLAIN.matcher(parameter).matches() ? parameter : "|" + parameter + "|";
    }
}
