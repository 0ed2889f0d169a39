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
    private static final int WIDEST_CELL = 44;
    private static final int WIDTH = 100;

    private final boolean colour;

    public VerdictTable(boolean colour) {
        this.colour = colour;
    }

    /** The table, with a line end after each row. */
    public String table(List<BoundVerdict> verdicts) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        verdicts.forEach(verdict -> rows.add(row(verdict)));
        return TextTable.of(
                rows,
                (row, column, cell) ->
                        column == 2 && row > 0
                                ? coloured(cell, verdicts.get(row - 1).kind())
                                : cell);
    }

    /** Each reason that occurs, wrapped, with the bounds it applies to below. */
    public String reasons(List<BoundVerdict> verdicts) {
        StringBuilder text = new StringBuilder();
        grouped(verdicts)
                .forEach((reason, bounds) ->
                        text.append(wrap(reason, ""))
                                .append(wrap(String.join(", ", bounds), "    ")));
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

    private static String wrap(String text, String indent) {
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

    private static List<String> row(BoundVerdict verdict) {
        return List.of(
                clip(verdict.bound().id()),
                clip(verdict.bound().claim().toString()),
                verdictCell(verdict),
                clip(modelCell(verdict)),
                clip(range(verdict)));
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
        return HarmlessText.of(text, WIDEST_CELL);
    }
}
