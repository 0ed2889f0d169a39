package org.feuerprobe.prove;

/** An exact fraction in lowest terms; overflow is an {@link ArithmeticException}. */
record Ratio(long above, long below) {
    static final Ratio ZERO = new Ratio(0, 1);
    static final Ratio ONE = new Ratio(1, 1);

    Ratio {
        if (below <= 0) {
            throw new IllegalArgumentException("denominator=" + below + ", want > 0");
        }
        long divisor = common(Math.abs(above), below);
        above /= divisor;
        below /= divisor;
    }

    static Ratio of(long whole) {
        return new Ratio(whole, 1);
    }

    Ratio plus(Ratio other) {
        return new Ratio(
                Math.addExact(
                        Math.multiplyExact(above, other.below),
                        Math.multiplyExact(other.above, below)),
                Math.multiplyExact(below, other.below));
    }

    Ratio times(Ratio other) {
        return new Ratio(
                Math.multiplyExact(above, other.above), Math.multiplyExact(below, other.below));
    }

    Ratio negated() {
        return new Ratio(Math.negateExact(above), below);
    }

    boolean isZero() {
        return above == 0;
    }

    boolean isNegative() {
        return above < 0;
    }

    Ratio max(Ratio other) {
        return plus(other.negated()).isNegative() ? other : this;
    }

    /** The largest whole number that is not larger. */
    long floor() {
        return Math.floorDiv(above, below);
    }

    @Override
    public String toString() {
        return below == 1 ? Long.toString(above) : above + "/" + below;
    }

    private static long common(long a, long b) {
        return b == 0 ? Math.max(a, 1) : common(b, a % b);
    }
}
