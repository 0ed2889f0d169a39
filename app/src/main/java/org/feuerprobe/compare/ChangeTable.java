package org.feuerprobe.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.report.TextTable;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Numbers;

/** Writer of a comparison for a terminal: what changed, at most {@value #WIDTH} columns wide. */
public final class ChangeTable {
    private static final int WIDTH = 100;
    private static final int MOST_ROWS = 60;
    private static final int WIDEST_NAME = 34;
    private static final int WIDEST_POINT = 24;

    private final boolean all;

    /** With {@code all}, points that did not change are shown too, and names are not shortened. */
    public ChangeTable(boolean all) {
        this.all = all;
    }

    public String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        points(comparison, text);
        models(comparison, text);
        verdicts(comparison, text);
        missing("only in the base", comparison.onlyBase(), text);
        missing("only in the new", comparison.onlyNew(), text);
        comparison.notes().forEach(note -> text.append("note: ").append(wrap(note)).append('\n'));
        comparison
                .differences()
                .forEach(difference ->
                        text.append("testbeds differ: ").append(wrap(difference)).append('\n'));
        return text.append(summary(comparison)).append('\n').toString();
    }

    /** The outcome in one line. */
    public static String summary(Comparison comparison) {
        String counts =
                java.util.Arrays.stream(Direction.values())
                        .filter(d -> comparison.count(d) > 0)
                        .map(d ->
                                String.format(Locale.ROOT, "%,d %s", comparison.count(d), d.word()))
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s: %s of %s (%s); %s and %s changed",
                comparison.regression() ? "REGRESSION" : "no regression",
                counts.isEmpty() ? "none" : counts,
                Numbers.counted(comparison.points().size(), "point"),
                comparison.now().manifest().metric(),
                Numbers.counted(comparison.models().size(), "cost model"),
                Numbers.counted(comparison.verdicts().size(), "verdict"));
    }

    private void points(Comparison comparison, StringBuilder text) {
        List<PointChange> shown =
                comparison.points().stream()
                        .filter(p -> all || p.direction() != Direction.SAME)
                        .toList();
        if (shown.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("CHANGE", "BENCHMARK", "POINT", "", "BASE", "NEW", "BY", "RATIO"));
        shown.stream().limit(all ? Long.MAX_VALUE : MOST_ROWS).forEach(p -> rows.add(row(p)));
        text.append(TextTable.of(rows));
        if (rows.size() - 1 < shown.size()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "… %,d more: --all or --json\n",
                            shown.size() - rows.size() + 1));
        }
        text.append('\n');
    }

    private List<String> row(PointChange point) {
        String at = Numbers.point(point.now().parameters());
        return List.of(
                point.direction().symbol() + " " + point.direction().word(),
                cut(point.now().benchmark(), WIDEST_NAME),
                cut(at, WIDEST_POINT),
                point.statistic(),
                Numbers.grouped(point.before()),
                Numbers.grouped(point.after()),
                difference(point.after() - point.before()),
                point.ratio().map(ChangeTable::ratio).orElse("–"));
    }

    private String cut(String name, int widest) {
        return all ? name : ForeignText.middle(name, widest);
    }

    static String difference(double by) {
        return (by > 0 ? "+" : "") + Numbers.grouped(by);
    }

    private static String ratio(Estimate ratio) {
        return ratio.low() == ratio.high()
                ? String.format(Locale.ROOT, "%.3f", ratio.value())
                : String.format(
                        Locale.ROOT, "%.3f [%.3f, %.3f]", ratio.value(), ratio.low(), ratio.high());
    }

    private void models(Comparison comparison, StringBuilder text) {
        for (ModelChange change : comparison.models()) {
            text.append(change.direction().symbol())
                    .append(' ')
                    .append(change.benchmark())
                    .append(": cost model ")
                    .append(
                            change.otherClass()
                                    ? change.growthBefore() + " → " + change.growthAfter() + ":"
                                    : "")
                    .append('\n')
                    .append("    " + wrap(change.was()))
                    .append('\n')
                    .append("  → " + wrap(change.is()))
                    .append('\n');
        }
    }

    private void verdicts(Comparison comparison, StringBuilder text) {
        for (VerdictChange change : comparison.verdicts()) {
            text.append(
                            wrap(
                                    "%s %s (%s): %s → %s"
                                            .formatted(
                                                    change.direction().symbol(),
                                                    change.bound(),
                                                    change.claim(),
                                                    change.before(),
                                                    change.after())))
                    .append('\n');
        }
    }

    private void missing(String where, List<String> series, StringBuilder text) {
        if (!series.isEmpty()) {
            text.append(where + ": " + Numbers.counted(series.size(), "point") + ": ")
                    .append(
                            series.stream()
                                    .map(name -> name.substring(0, name.indexOf(' ')))
                                    .distinct()
                                    .limit(all ? Long.MAX_VALUE : 3)
                                    .collect(Collectors.joining(", ")))
                    .append('\n');
        }
    }

    /** Breaks lines at spaces. */
    private static String wrap(String text) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                lines.append("\n    ");
                column = 4;
            } else if (!lines.isEmpty()) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }
}
