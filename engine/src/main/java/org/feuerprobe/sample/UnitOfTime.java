package org.feuerprobe.sample;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unit of time, with every spelling that claims, files and options may use. Times are decided in
 * nanoseconds. Conversion is decimal and rounds once, so that 2.407 us is 2407 ns and not a little
 * more.
 */
public enum UnitOfTime {
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

    /** An operation's time per operation is its time. */
    private static final String PER_OPERATION = "/op";

    /** In a shorter word, capitals matter: {@code S} is no second. */
    private static final int WHOLE_WORD = 4;

    /** {@code time_us}, {@code Time (ms)}, {@code elapsed[s]}, but not {@code bytes_per_s}. */
    private static final Pattern IN_NAME =
            Pattern.compile("(?<before>.*[\\s_.(\\[-])(?<unit>[\\p{L}]+)[)\\]]?");

    private static final Pattern RATE = Pattern.compile("(?i).*(?:per[\\s_.-]+|/\\s*)\\(?$");

    private static final double EXACT_BELOW = 1L << 53;

    private static final Map<String, UnitOfTime> BY_WORD = byWord();

    private final BigDecimal nanos;
    private final String words;

    UnitOfTime(String nanos, String words) {
        this.nanos = new BigDecimal(nanos);
        this.words = words;
    }

    private static Map<String, UnitOfTime> byWord() {
        Map<String, UnitOfTime> byWord = new HashMap<>();
        for (UnitOfTime unit : values()) {
            unit.words().forEach(word -> byWord.putIfAbsent(word, unit));
        }
        return Map.copyOf(byWord);
    }

    /** The unit's usual symbol: {@code us}. */
    public String symbol() {
        return words().getFirst();
    }

    /** All spellings. */
    public List<String> words() {
        return List.of(words.split(" ", -1));
    }

    /** The unit that is spelt so; {@code us/op} is {@code us}. */
    public static Optional<UnitOfTime> of(String word) {
        String bare =
                word.endsWith(PER_OPERATION)
                        ? word.substring(0, word.length() - PER_OPERATION.length())
                        : word;
        UnitOfTime unit = BY_WORD.get(bare);
        return unit == null && bare.length() >= WHOLE_WORD
                ? Optional.ofNullable(BY_WORD.get(bare.toLowerCase(Locale.ROOT)))
                : Optional.ofNullable(unit);
    }

    /** The unit at the end of a column's name: {@code time_us}, {@code Time (ms)}. */
    public static Optional<UnitOfTime> in(String name) {
        String bare = name.strip();
        Optional<UnitOfTime> whole = of(bare).or(() -> of(bare.toLowerCase(Locale.ROOT)));
        if (whole.isPresent()) {
            return whole;
        }
        Matcher matcher = IN_NAME.matcher(bare.replaceFirst("(?i)(?:/op|_per_op)$", ""));
        return matcher.matches() && !RATE.matcher(matcher.group("before")).matches()
                ? of(matcher.group("unit").toLowerCase(Locale.ROOT))
                : Optional.empty();
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

    /** The data set with a time in nanoseconds; other metrics as they are. */
    public static DataSet inNanos(DataSet data) {
        Optional<UnitOfTime> unit = of(data.metric());
        return unit.isEmpty() || data.metric().equals(DECIDED_IN)
                ? data
                : new DataSet(
                        data.name(),
                        DECIDED_IN,
                        false,
                        data.points().stream().map(unit.get()::nanos).toList());
    }

    private Point nanos(Point point) {
        return new Point(point.parameters(), point.boots().stream().map(this::nanos).toList());
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
