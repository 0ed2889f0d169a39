package org.feuerprobe.schedule;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown for a task set that cannot be used. The message has a line for each problem, which begins
 * with file:line:column.
 */
public final class SetException extends Exception {
    private static final int MOST = 20;

    /** A problem and its place, both counted from 1. */
    record Problem(int line, int column, String text) {}

    SetException(String file, List<Problem> problems) {
        super(text(file, problems));
    }

    SetException(String file, int line, int column, String text) {
        this(file, List.of(new Problem(line, column, text)));
    }

    private static String text(String file, List<Problem> problems) {
        String lines =
                problems.stream()
                        .sorted(
                                Comparator.comparingInt(Problem::line)
                                        .thenComparingInt(Problem::column))
                        .limit(MOST)
                        .map(problem ->
                                "%s:%d:%d: %s"
                                        .formatted(
                                                file,
                                                problem.line(),
                                                problem.column(),
                                                problem.text()))
                        .collect(Collectors.joining("\n"));
        return problems.size() <= MOST
                ? lines
                : lines + "\n%s: %d more errors".formatted(file, problems.size() - MOST);
    }
}
