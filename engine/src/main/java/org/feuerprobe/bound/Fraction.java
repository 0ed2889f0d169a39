package org.feuerprobe.bound;

/** An exact exponent, in lowest terms with a positive denominator. */
public record Fraction(int numerator, int denominator) implements Comparable<Fraction> {
    public static final Fraction ZERO = new Fraction(0, 1);
    public static final Fraction ONE = new Fraction(1, 1);

    public Fraction {
        if (denominator <= 0) {
            throw new IllegalArgumentException("denominator=" + denominator + ", want > 0");
        }
        int divisor = gcd(Math.abs(numerator), denominator);
        numerator /= divisor;
        denominator /= divisor;
    }

    public static Fraction of(int whole) {
        return new Fraction(whole, 1);
    }

    /** The sum, which is the exponent of a product of two powers. */
    public Fraction plus(Fraction other) {
        return new Fraction(
                Math.addExact(
                        Math.multiplyExact(numerator, other.denominator),
                        Math.multiplyExact(other.numerator, denominator)),
                Math.multiplyExact(denominator, other.denominator));
    }

    public double value() {
        return (double) numerator / denominator;
    }

    public boolean isZero() {
        return numerator == 0;
    }

    @Override
    public int compareTo(Fraction other) {
        return Long.compare(
                (long) numerator * other.denominator, (long) other.numerator * denominator);
    }

    /** Text: {@code 2}; {@code 0.5} if three decimals are exact; otherwise {@code 1/3}. */
    @Override
    public String toString() {
        if (denominator == 1) {
            return Integer.toString(numerator);
        }
        if (1000 % denominator == 0) {
            return Double.toString(value());
        }
        return numerator + "/" + denominator;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
