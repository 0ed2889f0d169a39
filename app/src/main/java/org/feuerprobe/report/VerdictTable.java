package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.feuerprobe.json.Names;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.probe.HarmlessText;
import org.feuerprobe.results.Documents;
import org.feuerprobe.results.Figures;
import org.feuerprobe.results.Setting;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.VerdictKind;

/** The verdicts as a table for a terminal or a pipe. */
final class VerdictTable {
    private static final List<String> HEADINGS =
            List.of("BOUND", "CLAIM", "VERDICT", "MEASURED", "RANGE");
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

    private List<List<String>> rows(List<BoundVerdict> verdicts, Brevity brevity) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (BoundVerdict verdict : verdicts) {
            rows.add(row(verdict, brevity));
        }
        return rows;
    }

    private List<String> row(BoundVerdict verdict, Brevity brevity) {
        String model = measuredCell(verdict);
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

    private String measuredCell(BoundVerdict verdict) {
        Optional<Decision> decision = verdict.decisive().map(BoundVerdict.Evidence::decision);
        Optional<String> model =
                decision.flatMap(Decision::model)
                        .map(one ->
                                one.describe(Documents.parameters(verdict))
                                        + " "
                                        + verdict.metric());
        return model.or(() -> statistic(verdict)).orElseGet(() -> estimated(verdict));
    }

    /** The largest among the benchmarks that made the verdict what it is. */
    private static Optional<String> statistic(BoundVerdict verdict) {
        return verdict.evidence().stream()
                .filter(item -> item.decision().kind() == verdict.kind())
                .flatMap(item -> item.decision().tail().stream())
                .max(Comparator.comparingDouble(tail -> tail.estimate().value()))
                .map(tail ->
                        "%s %s %s"
                                .formatted(
                                        tail.statistic(),
                                        Figures.number(tail.estimate().value()),
                                        verdict.metric()));
    }

    private String estimated(BoundVerdict verdict) {
        return setting.estimate(verdict)
                .map(estimate -> "estimate " + estimate.range() + " " + verdict.metric())
                .orElse("–");
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
