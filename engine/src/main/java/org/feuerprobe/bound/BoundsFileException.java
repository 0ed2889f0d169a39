package org.feuerprobe.bound;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown for a bounds file that cannot be used. The message has a line for each problem, which
 * begins with file:line:column.
 */
public final class BoundsFileException extends Exception {
    private static final int MOST = 20;

    /** A problem and its place. Line and column are 0 if the problem concerns the whole file. */
    record Problem(BoundsFile.Place place, String text) {}

    private final transient List<Problem> problems;

    public BoundsFileException(String file, int line, int column, String message) {
        this(file, List.of(new Problem(new BoundsFile.Place(line, column), message)));
    }

    public BoundsFileException(String file, String message) {
        super(file + ": " + message);
        this.problems = List.of();
    }

    /** Several problems, in the order of their places. The first {@value #MOST} are listed. */
    BoundsFileException(String file, List<Problem> problems) {
        super(text(file, problems));
        this.problems = List.copyOf(problems);
    }

    private static String text(String file, List<Problem> problems) {
        String lines =
                problems.stream()
                        .sorted(
                                Comparator.comparingInt((Problem problem) -> problem.place().line())
                                        .thenComparingInt(problem -> problem.place().column()))
                        .limit(MOST)
                        .map(problem -> problem.place().in(file) + problem.text())
                        .collect(Collectors.joining("\n"));
        return problems.size() <= MOST
                ? lines
                : lines + "\n%s: %d more errors".formatted(file, problems.size() - MOST);
    }

    List<Problem> problems() {
        return problems;
    }
}
