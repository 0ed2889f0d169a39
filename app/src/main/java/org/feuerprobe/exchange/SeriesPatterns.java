package org.feuerprobe.exchange;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.feuerprobe.harness.Glob;

/** Patterns of the series that are better when they rise, and of those that are when they fall. */
public record SeriesPatterns(List<String> rising, List<String> falling) {
    private static final int FEW = 5;

    /** Accepts the series that are better when they rise. */
    public Predicate<String> higher() {
        return any(rising);
    }

    /** Accepts the series that are better when they fall. */
    public Predicate<String> lower() {
        return any(falling);
    }

    private static Predicate<String> any(List<String> patterns) {
        return name -> patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /** Whether the pattern matches the series' name, or a part of it that follows a slash. */
    private static boolean matches(String pattern, String series) {
        Glob glob = new Glob(pattern);
        return glob.matches(series)
                || IntStream.range(0, series.length())
                        .filter(i -> series.charAt(i) == '/')
                        .anyMatch(i -> glob.matches(series.substring(i + 1)));
    }

    /** A pattern that matches no series, or a series that matches both directions. */
    public Optional<String> problem(List<String> names) {
        for (String pattern : Stream.concat(rising.stream(), falling.stream()).toList()) {
            if (!names.isEmpty() && names.stream().noneMatch(name -> matches(pattern, name))) {
                return Optional.of(
                        "'%s' matches no series; there are: %s%s"
                                .formatted(
                                        pattern,
                                        names.stream().limit(FEW).collect(Collectors.joining(", ")),
                                        names.size() > FEW ? ", …" : ""));
            }
        }
        return names.stream()
                .filter(higher().and(lower()))
                .findFirst()
                .map(name -> name + ": both --higher-is-better and --lower-is-better match it");
    }
}
