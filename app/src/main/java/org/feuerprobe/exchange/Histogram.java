package org.feuerprobe.exchange;

import java.util.Locale;
import java.util.Map;
import org.feuerprobe.sample.Numbers;

/** Conversion of a histogram to single values. */
final class Histogram {
    /** Largest number of values, 40 MB; a day with a thousand wake-ups per second has more. */
    private static final long MOST = 5_000_000;

    private Histogram() {}

    /** A number of values in a bucket, which is whole and not below zero. */
    static long count(double count, String where) throws ForeignFormatException {
        if (count < 0) {
            throw new ForeignFormatException(0, where + ": a count is below zero");
        }
        if (count != Math.rint(count)) {
            throw new ForeignFormatException(
                    0, where + ": want a whole count, not " + Numbers.plain(count));
        }
        return (long) count;
    }

    static double[] values(Map<Double, Long> counts, String where) throws ForeignFormatException {
        long total = 0;
        for (long count : counts.values()) {
            if (count < 0) {
                throw new ForeignFormatException(0, where + ": a count is below zero");
            }
            total = Math.addExact(total, Math.min(count, MOST + 1));
        }
        if (total > MOST) {
            throw new ForeignFormatException(
                    0,
                    String.format(
                            Locale.ROOT,
                            "%s: more than %,d values: record a shorter run, or several",
                            where,
                            MOST));
        }
        double[] values = new double[(int) total];
        int next = 0;
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            for (long i = 0; i < entry.getValue(); i++) {
                values[next++] = entry.getKey();
            }
        }
        return values;
    }
}
