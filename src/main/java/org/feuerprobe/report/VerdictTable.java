package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.probe.HarmlessText;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.VerdictKind;

/** The verdicts as a table for a terminal, then the reasons that a reader will ask for. */
public final class VerdictTable {
    private static final List<String> HEADINGS =
            List.of("BOUND", "CLAIM", "VERDICT", "COST MODEL", "RANGE");
    private static final int WIDEST_CELL = 60;
    private static final int NARROWEST = 10;
    private static final int WIDTH = 100;

    /** How much is left out so that the table fits. */
    private enum Brevity {
        FULL,
        RANGE_WITHOUT_NAME,
        SHORT_UNITS
    }

    private final boolean colour;
    private final boolean narrow;

    /** For a terminal: as wide as one. */
    public VerdictTable(boolean colour) {
        this(colour, true);
    }

    /**
     * With {@code narrow} false nothing is left out: whoever reads a pipe searches for whole names.
     */
    public VerdictTable(boolean colour, boolean narrow) {
        this.colour = colour;
        this.narrow = narrow;
    }

    /**
     * The table, with a line end after each row, at most {@value #WIDTH} columns wide where narrow:
     * first the name of an only parameter goes, then units are abbreviated, then the widest cells
     * lose their middle, each only as far as needed.
     */
    public String table(List<BoundVerdict> verdicts) {
        List<List<String>> rows = List.of();
        for (Brevity brevity : Brevity.values()) {
            rows = rows(verdicts, brevity);
            if (!narrow || TextTable.width(rows) <= WIDTH) {
                break;
            }
        }
        return TextTable.of(
                narrow ? clipped(rows) : rows,
                (row, column, cell) ->
                        column == 2 && row > 0
                                ? coloured(cell, verdicts.get(row - 1).kind())
                                : cell);
    }

    private static List<List<String>> rows(List<BoundVerdict> verdicts, Brevity brevity) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        verdicts.forEach(verdict -> rows.add(row(verdict, brevity)));
        return rows;
    }

    /** Takes from the widest column, again and again, until the table fits or nothing is left. */
    private static List<List<String>> clipped(List<List<String>> rows) {
        int[] limits = new int[HEADINGS.size()];
        for (int column = 0; column < limits.length; column++) {
            int at = column;
            limits[column] = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
        }
        while (Arrays.stream(limits).sum() + 2 * (limits.length - 1) > WIDTH) {
            int widest = 0;
            for (int column = 1; column < limits.length; column++) {
                widest = column != 2 && limits[column] > limits[widest] ? column : widest;
            }
            if (limits[widest] <= NARROWEST) {
                break;
            }
            limits[widest]--;
        }
        List<List<String>> clipped = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < limits.length; column++) {
                cells.add(Names.middle(row.get(column), limits[column]));
            }
            clipped.add(cells);
        }
        return clipped;
    }

    /** Each reason that occurs, wrapped, with the bounds it applies to below. */
    public String reasons(List<BoundVerdict> verdicts) {
        StringBuilder text = new StringBuilder();
        grouped(verdicts)
                .forEach((reason, bounds) ->
                        text.append(wrap(reason, ""))
                                .append(wrap(String.join(", ", bounds), "    ")));
        for (BoundVerdict verdict : verdicts) {
            if (verdict.kind() == VerdictKind.HOLDS) { // the others' reasons say it
                verdict.composed()
                        .forEach(one ->
                                text.append(
                                                wrap(
                                                        "PARTS: "
                                                                + one.benchmark()
                                                                + ": "
                                                                + one.text(),
                                                        ""))
                                        .append(wrap(clip(verdict.bound().id()), "    ")));
            }
        }
        return text.toString();
    }

    /** Why each verdict is not HOLDS, with the bounds that share the reason, in their order. */
    static SequencedMap<String, List<String>> grouped(List<BoundVerdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.kind() != VerdictKind.HOLDS)
                .collect(
                        Collectors.groupingBy(
                                verdict -> verdict.kind() + ": " + verdict.reason(),
                                LinkedHashMap::new,
                                Collectors.mapping(
                                        verdict -> clip(verdict.bound().id()),
                                        Collectors.toList())));
    }

    /** The text in lines of at most 100 columns, each after the indent, with a line end. */
    public static String wrap(String text, String indent) {
        StringBuilder wrapped = new StringBuilder();
        int column = WIDTH;
        for (String word : HarmlessText.of(text).split(" ", -1)) {
            if (column + 1 + word.length() > WIDTH) {
                wrapped.append(wrapped.isEmpty() ? "" : "\n").append(indent).append(word);
                column = indent.length() + word.length();
            } else {
                wrapped.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        return wrapped.append('\n').toString();
    }

    /** {@code 5 HOLDS, 1 LOOSE, …}. */
    public static String counts(List<BoundVerdict> verdicts) {
        return Arrays.stream(VerdictKind.values())
                .filter(kind -> count(verdicts, kind) > 0)
                .map(kind -> count(verdicts, kind) + " " + kind)
                .collect(Collectors.joining(", "));
    }

    private static long count(List<BoundVerdict> verdicts, VerdictKind kind) {
        return verdicts.stream().filter(verdict -> verdict.kind() == kind).count();
    }

    private static List<String> row(BoundVerdict verdict, Brevity brevity) {
        String model = modelCell(verdict);
        String range = range(verdict);
        return List.of(
                clip(verdict.bound().id()),
                clip(verdict.bound().claim().toString()),
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

    private static String modelCell(BoundVerdict verdict) {
        return verdict.decisive()
                .map(BoundVerdict.Evidence::decision)
                .flatMap(Decision::model)
                .map(model ->
                        model.describe(Documents.parameters(verdict)) + " " + verdict.metric())
                .orElse(
                        verdict.kind() == VerdictKind.NOT_MEASURABLE
                                ? "no fit " + verdict.metric()
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

    private String coloured(String cell, VerdictKind kind) {
        if (!colour) {
            return cell;
        }
        int code =
                switch (kind) {
                    case HOLDS -> 32;
                    case LOOSE -> 36;
                    case VIOLATED -> 31;
                    case INCONCLUSIVE -> 33;
                    case NOT_MEASURABLE, NOT_EXERCISED -> 90;
                };
        return "\u001b[" + code + "m" + cell + "\u001b[0m";
    }

    private static String clip(String text) {
        return Names.middle(HarmlessText.of(text), WIDEST_CELL);
    }
}
