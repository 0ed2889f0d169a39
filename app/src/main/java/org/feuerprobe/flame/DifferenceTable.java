package org.feuerprobe.flame;

import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.profile.ProfileDifference;
import org.feuerprobe.profile.ProfileDifference.FunctionChange;
import org.feuerprobe.profile.ProfileDifference.LineChange;
import org.feuerprobe.sample.Numbers;

/** Which functions and lines gained or lost instructions, for a terminal. */
public final class DifferenceTable {
    private static final int ROWS = 10;
    private static final int TEXT = 60;
    private static final int FEW = 3;

    private DifferenceTable() {}

    /** Two tables: functions, then lines; all of them with {@code all}. */
    public static String of(ProfileDifference difference, String base, boolean all) {
        PerOperation mean = new PerOperation(difference.now().samples());
        StringBuilder text = new StringBuilder(heading(difference, base));
        if (difference.functions().isEmpty() && difference.lines().isEmpty()) {
            return text.append("Every function and line has as many as before.\n").toString();
        }
        List<List<String>> functions = new ArrayList<>();
        functions.add(List.of("by", "before", "now", "function"));
        for (FunctionChange change : first(difference.functions(), all)) {
            functions.add(
                    List.of(
                            mean.signed(change.by()),
                            mean.text(change.before()),
                            mean.text(change.after()),
                            change.function()));
        }
        text.append('\n').append(RightAligned.of(functions, FEW));
        rest(difference.functions().size(), functions.size() - 1, "functions", text);
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("by", "before", "now", "line"));
        for (LineChange change : first(difference.lines(), all)) {
            lines.add(
                    List.of(
                            mean.signed(change.by()),
                            mean.text(change.before()),
                            mean.text(change.after()),
                            place(change)
                                    + " "
                                    + change.function()
                                    + (change.text().isEmpty()
                                            ? ""
                                            : ": " + ForeignText.middle(change.text(), TEXT))));
        }
        text.append('\n').append(RightAligned.of(lines, FEW));
        rest(difference.lines().size(), lines.size() - 1, "lines", text);
        return text.toString();
    }

    /** The change in one sentence: where it is most, as {@code compare} and {@code gate} say it. */
    public static String sentence(ProfileDifference difference) {
        PerOperation mean = new PerOperation(difference.now().samples());
        List<String> parts = new ArrayList<>();
        for (FunctionChange change :
                difference.functions().subList(0, Math.min(FEW, difference.functions().size()))) {
            String where =
                    difference.lines().stream()
                            .filter(line -> line.function().equals(change.function()))
                            .filter(line -> Long.signum(line.by()) == Long.signum(change.by()))
                            .findFirst()
                            .map(line -> " (most at %s)".formatted(place(line)))
                            .orElse("");
            parts.add(mean.signed(change.by()) + " in " + change.function() + where);
        }
        int more = difference.functions().size() - parts.size();
        return "%s: %s → %s instructions: %s%s"
                .formatted(
                        point(difference),
                        mean.text(difference.base().total()),
                        mean.text(difference.now().total()),
                        parts.isEmpty()
                                ? "the functions have as many as before"
                                : String.join(", ", parts),
                        more > 0 ? ", and %d more functions".formatted(more) : "");
    }

    private static String heading(ProfileDifference difference, String base) {
        PerOperation mean = new PerOperation(difference.now().samples());
        return "%s: %s → %s instructions an operation (%s) since %s; the clock counted as many.\n"
                .formatted(
                        point(difference),
                        mean.text(difference.base().total()),
                        mean.text(difference.now().total()),
                        mean.signed(difference.by()),
                        base);
    }

    private static String point(ProfileDifference difference) {
        return (difference.now().benchmark().name() + " " + Numbers.point(difference.now().point()))
                .strip();
    }

    private static String place(LineChange change) {
        return change.file() + ":" + change.line();
    }

    private static <T> List<T> first(List<T> changes, boolean all) {
        return all || changes.size() <= ROWS + 1 ? changes : changes.subList(0, ROWS);
    }

    private static void rest(int all, int shown, String what, StringBuilder text) {
        if (shown < all) {
            text.append("%d more %s changed; --all shows them.\n".formatted(all - shown, what));
        }
    }
}
