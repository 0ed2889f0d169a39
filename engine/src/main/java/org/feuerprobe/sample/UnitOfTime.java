package org.feuerprobe.sample;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A unit of time, with every spelling that claims, files and options may use. Times are decided in
 * nanoseconds. Conversion is decimal and rounds once, so that 2.407 us is 2407 ns and not a little
 * more.
 */
public enum UnitOfTime implements Unit {
    PICOSECONDS("0.001", "ps psec psecs picosecond picoseconds"),
    NANOSECONDS("1", "ns nsec nsecs nanos nanosecond nanoseconds"),
    MICROSECONDS(
            "1000",
            "us usec usecs \u00b5s \u03bcs \u00b5sec \u03bcsec micros microsecond microseconds"),
    MILLISECONDS("1000000", "ms msec msecs millis millisecond milliseconds"),
    SECONDS("1000000000", "s sec secs second seconds"),
    MINUTES("60000000000", "minute minutes"),
    HOURS("3600000000000", "hour hours"),
    DAYS("86400000000000", "day days");

    /** Every time is decided in this unit. */
    public static final String DECIDED_IN = "ns";

    private static final double EXACT_BELOW = 1L << 53;

    private static final Map<String, UnitOfTime> BY_WORD =
            UnitWord.spellings(values(), UnitOfTime::words);

    private final BigDecimal nanos;
    private final String words;

    UnitOfTime(String nanos, String words) {
        this.nanos = new BigDecimal(nanos);
        this.words = words;
    }

    @Override
    public String symbol() {
        return words().getFirst();
    }

    @Override
    public String decidedIn() {
        return DECIDED_IN;
    }

    @Override
    public double decided(double amount) {
        return nanos(amount);
    }

    @Override
    public double fromDecided(double amount) {
        return fromNanos(amount);
    }

    /** All spellings. */
    public List<String> words() {
        return List.of(words.split(" ", -1));
    }

    /** The unit that is spelt so; {@code us/op} is {@code us}. */
    public static Optional<UnitOfTime> of(String word) {
        return UnitWord.find(BY_WORD, word);
    }

    /** The unit at the end of a column's name: {@code time_us}, {@code Time (ms)}. */
    public static Optional<UnitOfTime> in(String name) {
        String bare = name.strip();
        Optional<UnitOfTime> whole = of(bare).or(() -> of(bare.toLowerCase(Locale.ROOT)));
        if (whole.isPresent()) {
            return whole;
        }
        return UnitWord.behind(bare, unit -> of(unit.toLowerCase(Locale.ROOT)));
    }

    /** So many of this unit, in nanoseconds: the nearest double to the exact product. */
    public double nanos(double amount) {
        if (this == NANOSECONDS || !Double.isFinite(amount)) {
            return amount;
        }
        double plainly = amount * nanos.doubleValue();
        if (this != PICOSECONDS
                && amount == Math.rint(amount)
                && Math.abs(plainly) <= EXACT_BELOW) {
            return plainly;
        }
        return BigDecimal.valueOf(amount).multiply(nanos).doubleValue();
    }

    /** So many of this unit, in nanoseconds. */
    public double[] nanos(double[] amounts) {
        return Arrays.stream(amounts).map(this::nanos).toArray();
    }

    /** So many nanoseconds, in this unit. */
    public double fromNanos(double amount) {
        return this == NANOSECONDS
                ? amount
                : BigDecimal.valueOf(amount)
                        .divide(nanos, java.math.MathContext.DECIMAL128)
                        .doubleValue();
    }
}
