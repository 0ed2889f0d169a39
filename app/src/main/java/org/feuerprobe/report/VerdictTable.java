package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.verdict.VerdictKind;

/** Layout of verdicts as a table for a terminal or a pipe. */
final class VerdictTable {
    private static final List<String> HEADINGS =
            List.of("BOUND", "CLAIM", "VERDICT", "MEASURED", "RANGE");
    private static final int WIDEST_CELL = 60;
    private static final int VERDICT = 2;

    /** What is left out so that the table fits. */
    private enum Brevity {
        FULL,
        RANGE_WITHOUT_NAME,
        SHORT_UNITS
    }

    private final boolean colour;
    private final int columns;
    private final String target;

    /**
     * Makes a table. With 0 {@code columns}, nothing is left out or broken, because programs that
     * read a pipe search for whole names.
     */
    VerdictTable(boolean colour, int columns) {
        this(colour, columns, "");
    }

    /** Makes a table in which verdicts of other targets than this one name their target. */
    VerdictTable(boolean colour, int columns, String target) {
        this.colour = colour;
        this.columns = columns;
        this.target = target;
    }

    /**
     * The table, with a line end after each row. If it is too wide, the name of an only parameter
     * is dropped. Then units are abbreviated, and at last the widest cells are broken.
     */
    String table(List<StoredVerdict> verdicts) {
        List<List<String>> rows = List.of();
        for (Brevity brevity : Brevity.values()) {
            rows = rows(verdicts, brevity);
            if (columns == 0 || TextTable.width(rows) <= columns) {
                break;
            }
        }
        return TextTable.of(
                rows,
                columns,
                VERDICT,
                (row, column, cell) ->
                        column == VERDICT && row > 0 ? VerdictSymbol.painted(colour, cell) : cell);
    }

    private List<List<String>> rows(List<StoredVerdict> verdicts, Brevity brevity) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (StoredVerdict verdict : verdicts) {
            rows.add(row(verdict, brevity));
        }
        return rows;
    }

    private List<String> row(StoredVerdict verdict, Brevity brevity) {
        String model = measuredCell(verdict);
        String range = range(verdict);
        return List.of(
                clip(verdict.bound()),
                clip(brevity == Brevity.SHORT_UNITS ? shortUnit(verdict.claim()) : verdict.claim()),
                VerdictSymbol.of(verdict.verdict()) + " " + verdictCell(verdict) + where(verdict),
                clip(brevity == Brevity.SHORT_UNITS ? shortUnit(model) : model),
                clip(
                        brevity == Brevity.FULL || verdict.range().size() != 1
                                ? range
                                : range.substring(range.indexOf(' ') + 1)));
    }

    private static String shortUnit(String text) {
        return text.replaceAll(" instructions$", " instr").replaceAll(" cycles$", " cyc");
    }

    /** The target that decided, if it is not the campaign's own. */
    private String where(StoredVerdict verdict) {
        return target.isEmpty() || verdict.evidence().isEmpty() || verdict.target().equals(target)
                ? ""
                : " on " + verdict.target();
    }

    private static String verdictCell(StoredVerdict verdict) {
        boolean namesClass =
                verdict.verdict() == VerdictKind.LOOSE || verdict.verdict() == VerdictKind.VIOLATED;
        return namesClass && verdict.model().isPresent()
                ? (verdict.verdict() + " " + verdict.growth()).strip()
                : verdict.verdict()
                        + verdict.proved().map(cost -> " (" + cost.words() + ")").orElse("");
    }

    private static String measuredCell(StoredVerdict verdict) {
        return verdict.model()
                .map(StoredModel::text)
                .or(() ->
                        MeasuredFigure.statistic(verdict)
                                .map(one ->
                                        "%s %s %s"
                                                .formatted(
                                                        one.name(),
                                                        MeasuredFigure.value(one),
                                                        verdict.metric())))
                .or(() ->
                        verdict.estimate()
                                .map(one -> "estimate " + one.range() + " " + verdict.metric()))
                .orElse("–");
    }

    private static String range(StoredVerdict verdict) {
        return verdict.range().entrySet().stream()
                .map(entry ->
                        "%s %s…%s"
                                .formatted(
                                        entry.getKey(),
                                        Numbers.plain(entry.getValue().from()),
                                        Numbers.plain(entry.getValue().to())))
                .collect(Collectors.joining(", "));
    }

    private static String clip(String text) {
        return ForeignText.middle(text, WIDEST_CELL);
    }
}
