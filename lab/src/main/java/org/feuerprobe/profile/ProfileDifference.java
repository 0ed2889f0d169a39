package org.feuerprobe.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.feuerprobe.probe.Counter;

/**
 * Which functions and lines gained or lost instructions from one kernel to another. Lines are
 * matched by function, file and text where the sources are there, so a line that only moved has not
 * changed; otherwise by number. All sums are over all samples.
 *
 * @param functions those that changed, the largest change first
 * @param lines the same of lines
 */
public record ProfileDifference(
        Profile base, Profile now, List<FunctionChange> functions, List<LineChange> lines) {
    public ProfileDifference {
        functions = List.copyOf(functions);
        lines = List.copyOf(lines);
    }

    /** A function's own instructions before and after. */
    public record FunctionChange(String function, long before, long after) {
        public long by() {
            return after - before;
        }
    }

    /**
     * A line's instructions before and after.
     *
     * @param text of the line; empty where the sources are not there
     * @param line its number in the new kernel, or in the old one if it is gone
     */
    public record LineChange(
            String function, String file, int line, String text, long before, long after) {
        public long by() {
            return after - before;
        }
    }

    private record Line(String function, String file, String textOrNumber) {}

    private static final class Sums {
        private final long[] sums = new long[2];
        private int line;
        private String text = "";
    }

    /** What changed. Both profiles are of the same benchmark, point and number of samples. */
    public static ProfileDifference of(
            Profile base, SourceText baseSources, Profile now, SourceText nowSources) {
        if (base.samples() != now.samples()) {
            throw new IllegalArgumentException("profiles with other numbers of samples");
        }
        Map<String, long[]> functions = new LinkedHashMap<>();
        Map<Line, Sums> lines = new LinkedHashMap<>();
        add(base, baseSources, 0, functions, lines);
        add(now, nowSources, 1, functions, lines);
        List<FunctionChange> changed = new ArrayList<>();
        functions.forEach((name, sums) -> changed.add(new FunctionChange(name, sums[0], sums[1])));
        List<LineChange> changedLines = new ArrayList<>();
        lines.forEach((line, sums) ->
                changedLines.add(
                        new LineChange(
                                line.function(),
                                line.file(),
                                sums.line,
                                sums.text,
                                sums.sums[0],
                                sums.sums[1])));
        changed.removeIf(change -> change.by() == 0);
        changedLines.removeIf(change -> change.by() == 0);
        changed.sort(largest(FunctionChange::by).thenComparing(FunctionChange::function));
        changedLines.sort(
                largest(LineChange::by)
                        .thenComparing(LineChange::file)
                        .thenComparingInt(LineChange::line));
        return new ProfileDifference(base, now, changed, changedLines);
    }

    /** What the whole operation gained. */
    public long by() {
        return now.total() - base.total();
    }

    private static <T> Comparator<T> largest(ToLongFunction<T> by) {
        return Comparator.<T>comparingLong(change -> -Math.abs(by.applyAsLong(change)));
    }

    private static void add(
            Profile profile,
            SourceText sources,
            int side,
            Map<String, long[]> functions,
            Map<Line, Sums> lines) {
        for (CallStack stack : profile.stacks()) {
            Frame top = stack.top();
            long weight = stack.weight(Counter.INSTRUCTIONS);
            functions.computeIfAbsent(top.function(), _ -> new long[2])[side] += weight;
            if (top.line() == 0) {
                continue;
            }
            String text = sources.line(top.file(), top.line()).orElse("");
            String key = text.isEmpty() ? Integer.toString(top.line()) : text;
            Sums sums =
                    lines.computeIfAbsent(
                            new Line(top.function(), top.file(), key), _ -> new Sums());
            sums.sums[side] += weight;
            sums.line = top.line();
            sums.text = text;
        }
    }
}
