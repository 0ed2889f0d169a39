package org.feuerprobe.exchange;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time of a run, as tables spell it: {@code 2026-01-31}, {@code 2026-01-31T03:00:00Z}, {@code
 * 2026.01.31 3:00:00 +0100}, or seconds or milliseconds since 1970. A time without a zone is UTC.
 */
record HistoryTime(String text, Instant at) {
    private static final Pattern DATE =
            Pattern.compile(
                    "([0-9]{4})([-./])([0-9]{1,2})\\2([0-9]{1,2})"
                            + "(?:[T ] ?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?)?"
                            + " ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?");

    /** From 1973 on, in seconds, and up to the year 5138 in milliseconds. */
    private static final Pattern EPOCH =
            Pattern.compile("([0-9]{9,10}|[0-9]{12,13})(?:\\.[0-9]*)?");

    private static final int LONGEST_SECONDS = 10;

    /** The time that the text names; empty if it is none. */
    static Optional<HistoryTime> of(String text) {
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            long number = Long.parseLong(epoch.group(1));
            return Optional.of(
                    new HistoryTime(
                            text,
                            epoch.group(1).length() <= LONGEST_SECONDS
                                    ? Instant.ofEpochSecond(number)
                                    : Instant.ofEpochMilli(number)));
        }
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local =
                    LocalDateTime.of(
                            number(date, 1),
                            number(date, 3),
                            number(date, 4),
                            number(date, 5),
                            number(date, 6),
                            number(date, 7));
            return Optional.of(new HistoryTime(text, local.toInstant(offset(date.group(8)))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher date, int group) {
        String digits = date.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static ZoneOffset offset(@org.jspecify.annotations.Nullable String zone) {
        return zone == null || !(zone.startsWith("+") || zone.startsWith("-"))
                ? ZoneOffset.UTC
                : ZoneOffset.of(zone);
    }
}
