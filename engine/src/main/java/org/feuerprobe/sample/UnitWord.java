package org.feuerprobe.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The word for a unit, as claims and the names of columns have it. */
final class UnitWord {
    /** An operation's cost per operation is its cost. */
    private static final String PER_OPERATION = "/op";

    /** {@code time_us}, {@code Energy (mJ)}, {@code elapsed[s]}, but not {@code bytes_per_s}. */
    private static final Pattern IN_NAME =
            Pattern.compile("(?<before>.*[\\s_.(\\[-])(?<unit>[\\p{L}]+)[)\\]]?");

    private static final Pattern RATE = Pattern.compile("(?i).*(?:per[\\s_.-]+|/\\s*)\\(?$");

    /** In a shorter word, capitals matter: {@code S} is no second, {@code MJ} no millijoule. */
    private static final int WHOLE_WORD = 4;

    private UnitWord() {}

    /** The units by each of their spellings; the first unit has a spelling that two have. */
    static <U> Map<String, U> spellings(U[] units, Function<U, List<String>> words) {
        Map<String, U> byWord = new HashMap<>();
        for (U unit : units) {
            words.apply(unit).forEach(word -> byWord.putIfAbsent(word, unit));
        }
        return Map.copyOf(byWord);
    }

    /** The unit that is spelt so; {@code us/op} is {@code us}. */
    static <U> Optional<U> find(Map<String, U> byWord, String word) {
        String bare = bare(word);
        U unit = byWord.get(bare);
        return unit == null && bare.length() >= WHOLE_WORD
                ? Optional.ofNullable(byWord.get(bare.toLowerCase(Locale.ROOT)))
                : Optional.ofNullable(unit);
    }

    /** A word without "per operation". */
    static String bare(String word) {
        return word.endsWith(PER_OPERATION)
                ? word.substring(0, word.length() - PER_OPERATION.length())
                : word;
    }

    /** The unit that {@code spelling} finds behind the last separator of a column's name. */
    static <U> Optional<U> behind(String name, Function<String, Optional<U>> spelling) {
        Matcher matcher = IN_NAME.matcher(name.strip().replaceFirst("(?i)(?:/op|_per_op)$", ""));
        return matcher.matches() && !RATE.matcher(matcher.group("before")).matches()
                ? spelling.apply(matcher.group("unit"))
                : Optional.empty();
    }
}
