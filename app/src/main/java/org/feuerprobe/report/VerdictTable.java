package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.probe.HarmlessText;
import org.feuerprobe.results.Documents;
import org.feuerprobe.results.Names;
import org.feuerprobe.results.Setting;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.VerdictKind;

/** The verdicts as a table for a terminal or a pipe. */
final class VerdictTable {
    private static final List<String> HEADINGS =
            List.of("BOUND", "CLAIM", "VERDICT", "COST MODEL", "RANGE");
    private static final int WIDEST_CELL = 60;
    private static final int VERDICT = 2;

    /** How much is left out so that the table fits. */
    private enum Brevity {
        FULL,
        RANGE_WITHOUT_NAME,
        SHORT_UNITS
    }

    private final boolean colour;
    private final int columns;
    private final Setting setting;

    /**
     * With {@code columns} 0 nothing is left out or broken: whoever reads a pipe searches for whole
     * names.
     */
    VerdictTable(boolean colour, int columns) {
        this(colour, columns, Setting.UNKNOWN);
    }

    /** As above, with estimates where nothing could be measured. */
    VerdictTable(boolean colour, int columns, Setting setting) {
        this.colour = colour;
        this.columns = columns;
        this.setting = setting;
    }

    /**
     * The table, with a line end after each row. Where it must fit, first the name of an only
     * parameter goes, then units are abbreviated, then the widest cells go on in a second line.
     */
    String table(List<BoundVerdict> verdicts) {
        return table(verdicts, false);
    }

    /** The same with bounds of one operation in one row where all else is equal. */
    String joined(List<BoundVerdict> verdicts) {
        return table(verdicts, true);
    }

    private String table(List<BoundVerdict> verdicts, boolean join) {
        List<List<String>> rows = List.of();
        for (Brevity brevity : Brevity.values()) {
            rows = rows(verdicts, brevity, join);
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

    private List<List<String>> rows(List<BoundVerdict> verdicts, Brevity brevity, boolean join) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (BoundVerdict verdict : verdicts) {
            List<String> row = row(verdict, brevity);
            List<String> last = rows.getLast();
            Optional<String> both =
                    join && row.subList(1, row.size()).equals(last.subList(1, last.size()))
                            ? bothNames(last.getFirst(), row.getFirst())
                            : Optional.empty();
            if (both.isPresent()) {
                List<String> joined = new ArrayList<>(row);
                joined.set(0, both.get());
                rows.set(rows.size() - 1, joined);
            } else {
                rows.add(row);
            }
        }
        return rows;
    }

    /** {@code op/documented} and {@code op/target} are {@code op/documented,target}. */
    private static Optional<String> bothNames(String first, String second) {
        int slash = second.lastIndexOf('/') + 1;
        return slash > 0
                        && first.startsWith(second.substring(0, slash))
                        && first.indexOf('/', slash) < 0
                ? Optional.of(first + "," + second.substring(slash))
                : Optional.empty();
    }

    private List<String> row(BoundVerdict verdict, Brevity brevity) {
        String model = modelCell(verdict);
        String range = range(verdict);
        return List.of(
                clip(verdict.bound().id()),
                clip(
                        brevity == Brevity.SHORT_UNITS
                                ? shortUnit(verdict.bound().claim().toString())
                                : verdict.bound().claim().toString()),
                VerdictSymbol.of(verdict.kind()) + " " + verdictCell(verdict),
                clip(brevity == Brevity.SHORT_UNITS ? shortUnit(model) : model),
                clip(
                        brevity == Brevity.FULL || verdict.range().size() != 1
                                ? range
                                : range.substring(range.indexOf(' ') + 1)));
    }

    private static String shortUnit(String text) {
        return text.replaceAll(" instructions$", " instr").replaceAll(" cycles$", " cyc");
    }

    private static String verdictCell(BoundVerdict verdict) {
        Optional<CostModel> model =
                verdict.decisive().map(BoundVerdict.Evidence::decision).flatMap(Decision::model);
        boolean namesClass =
                verdict.kind() == VerdictKind.LOOSE || verdict.kind() == VerdictKind.VIOLATED;
        return namesClass && model.isPresent()
                ? HarmlessText.of(verdict.kind() + " " + model.get().growth())
                : verdict.kind().toString();
    }

    private String modelCell(BoundVerdict verdict) {
        return verdict.decisive()
                .map(BoundVerdict.Evidence::decision)
                .flatMap(Decision::model)
                .map(model ->
                        model.describe(Documents.parameters(verdict)) + " " + verdict.metric())
                .orElse(
                        verdict.kind() == VerdictKind.NOT_MEASURABLE
                                ? "no fit "
                                        + verdict.metric()
                                        + setting.estimate(verdict)
                                                .map(estimate -> "; estimate " + estimate.range())
                                                .orElse("")
                                : "–");
    }

    static String range(BoundVerdict verdict) {
        return verdict.range().entrySet().stream()
                .map(entry ->
                        "%s %d…%d"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue().from(),
                                        entry.getValue().to()))
                .collect(Collectors.joining(", "));
    }

    private static String clip(String text) {
        return Names.middle(HarmlessText.of(text), WIDEST_CELL);
    }
}
