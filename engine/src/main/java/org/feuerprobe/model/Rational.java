package org.feuerprobe.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/** An exact fraction in lowest terms; the denominator is positive. */
record Rational(BigInteger numerator, BigInteger denominator) {
    static final Rational ONE = of(BigInteger.ONE);

    Rational {
        if (denominator.signum() < 0) {
            numerator = numerator.negate();
            denominator = denominator.negate();
        }
        BigInteger divisor = numerator.gcd(denominator);
        if (divisor.signum() != 0) {
            numerator = numerator.divide(divisor);
            denominator = denominator.divide(divisor);
        }
    }

    static Rational of(BigInteger whole) {
        return new Rational(whole, BigInteger.ONE);
    }

    Rational plus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational minus(Rational other) {
        return plus(new Rational(other.numerator.negate(), other.denominator));
    }

    Rational times(Rational other) {
        return new Rational(
                numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Rational over(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    Rational abs() {
        return new Rational(numerator.abs(), denominator);
    }

    boolean isZero() {
        return numerator.signum() == 0;
    }

    double value() {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
                .doubleValue();
    }

    /**
     * Solves linear equations, whose rows contain coefficients and a right side. Empty if the rows
     * are linearly dependent.
     */
    static Optional<Rational[]> solve(Rational[][] rows) {
        int size = rows.length;
        for (int column = 0; column < size; column++) {
            int pivot = column;
            while (pivot < size && rows[pivot][column].isZero()) {
                pivot++;
            }
            if (pivot == size) {
                return Optional.empty();
            }
            Rational[] swap = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = swap;
            for (int row = 0; row < size; row++) {
                if (row != column && !rows[row][column].isZero()) {
                    Rational factor = rows[row][column].over(rows[column][column]);
                    for (int k = column; k <= size; k++) {
                        rows[row][k] = rows[row][k].minus(factor.times(rows[column][k]));
                    }
                }
            }
        }
        Rational[] solution = new Rational[size];
        for (int row = 0; row < size; row++) {
            solution[row] = rows[row][size].over(rows[row][row]);
        }
        return Optional.of(solution);
    }

    @Override
    public String toString() {
        return denominator.equals(BigInteger.ONE)
                ? numerator.toString()
                : numerator + "/" + denominator;
    }
}
