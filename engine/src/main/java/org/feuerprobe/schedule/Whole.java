package org.feuerprobe.schedule;

/** Divisions of whole numbers. The divisor is positive. */
final class Whole {
    private Whole() {}

    static long ceiling(long number, long divisor) {
        return Math.ceilDiv(number, divisor);
    }

    /** How many multiples of the divisor, 0 included, are at most this number: none if negative. */
    static long multiples(long number, long divisor) {
        return number < 0 ? 0 : number / divisor + 1;
    }
}
