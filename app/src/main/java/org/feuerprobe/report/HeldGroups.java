package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * Bounds that hold, in groups, because they are too many for a row each. There is one group for
 * each claim, the largest first, with its count and as many operations as fit. Limits list the
 * operation closest to its limit first.
 */
final class HeldGroups {
    private static final int WIDEST_LABEL = 24;

    /** Width of the complete heading. */
    private static final int WIDE = 46;

    private static final int SHORTEST_LIST = 4;
    private static final int SHORTEST_ITEM = 12;

    private final int width;
    private final int all;
    private final List<Group> groups;

    private record Group(String label, int count, List<String> items) {}

    /**
     * Makes groups of bounds. The {@code unit} and {@code target} of the campaign are not repeated
     * in them.
     */
    HeldGroups(int width, String unit, String target, List<StoredVerdict> holds) {
        this.width = width;
        this.all = holds.size();
        SequencedMap<String, List<StoredVerdict>> byLabel = new LinkedHashMap<>();
        for (StoredVerdict verdict : holds) {
            String where = verdict.target().equals(target) ? "" : " on " + verdict.target();
            byLabel.computeIfAbsent(label(verdict, unit) + where, _ -> new ArrayList<>())
                    .add(verdict);
        }
        this.groups =
                byLabel.entrySet().stream()
                        .map(entry ->
                                new Group(
                                        entry.getKey(),
                                        entry.getValue().size(),
                                        items(entry.getValue())))
                        .sorted(Comparator.comparingInt(Group::count).reversed())
                        .toList();
    }

    private String label(StoredVerdict verdict, String unit) {
        String claim =
                MeasuredFigure.limit(verdict)
                        .map(limit ->
                                limit.statistic()
                                        + (limit.unit().isEmpty() ? "" : " " + limit.unit()))
                        .orElse(verdict.claim());
        return ForeignText.middle(
                claim.endsWith(" " + unit)
                        ? claim.substring(0, claim.length() - unit.length() - 1)
                        : claim,
                Math.min(WIDEST_LABEL, width / 3));
    }

    /** Each operation with its figure, without repetition if several bounds claim the same. */
    private static List<String> items(List<StoredVerdict> verdicts) {
        LinkedHashSet<String> items = new LinkedHashSet<>();
        verdicts.stream()
                .sorted(Comparator.comparingDouble(MeasuredFigure::shareOfLimit).reversed())
                .forEach(v -> items.add(item(v)));
        return List.copyOf(items);
    }

    private static String item(StoredVerdict verdict) {
        String item = (verdict.operation() + " " + MeasuredFigure.within(verdict)).strip();
        return verdict.proved().isPresent() ? item + " (proved)" : item;
    }

    /** The smallest number of lines in which groups are worth showing. */
    int least() {
        return Math.min(groups.size(), SHORTEST_LIST) + 1;
    }

    /** A heading and then the groups, in at most {@code room} lines. */
    List<String> lines(int room, BiFunction<VerdictKind, String, String> paint) {
        List<String> lines = new ArrayList<>();
        lines.add(
                paint.apply(
                                VerdictKind.HOLDS,
                                "%s HOLDS".formatted(VerdictSymbol.of(VerdictKind.HOLDS)))
                        + (width < WIDE ? " by claim" : " by claim; of limits, the closest first"));
        int shown = Math.min(groups.size(), Math.max(0, room - 1));
        shown = shown < groups.size() ? Math.max(0, shown - 1) : shown;
        List<Group> first = groups.subList(0, shown);
        int number = Integer.toString(all).length();
        int label = first.stream().mapToInt(group -> group.label().length()).max().orElse(0);
        int left = 2 + number + 2 + label + 2;
        int[] heights = heights(first, left, room - 1 - (shown < groups.size() ? 1 : 0));
        for (int i = 0; i < shown; i++) {
            Group group = first.get(i);
            List<String> list = list(group.items(), width - left, heights[i]);
            for (int line = 0; line < list.size(); line++) {
                String head =
                        line == 0
                                ? "  %" + number + "d  %-" + Math.max(1, label) + "s  "
                                : " ".repeat(left);
                lines.add(
                        fitting(
                                (line == 0 ? head.formatted(group.count(), group.label()) : head)
                                        + list.get(line)));
            }
        }
        if (shown < groups.size()) {
            List<Group> rest = groups.subList(shown, groups.size());
            lines.add(
                    fitting(
                            "  … %d more under %d other claims: --all"
                                    .formatted(
                                            rest.stream().mapToInt(Group::count).sum(),
                                            rest.size())));
        }
        return lines;
    }

    /**
     * The height of each group: one line each, and the spare lines in turn to groups that need
     * more.
     */
    private int[] heights(List<Group> shown, int left, int room) {
        int[] heights = new int[shown.size()];
        int[] wanted = new int[shown.size()];
        int spare = room - shown.size();
        for (int i = 0; i < heights.length; i++) {
            heights[i] = 1;
            wanted[i] = list(shown.get(i).items(), width - left, Integer.MAX_VALUE).size();
        }
        boolean gave = true;
        while (spare > 0 && gave) {
            gave = false;
            for (int i = 0; i < heights.length && spare > 0; i++) {
                if (heights[i] < wanted[i]) {
                    heights[i]++;
                    spare--;
                    gave = true;
                }
            }
        }
        return heights;
    }

    /** The items, separated by commas, in lines. The last line counts the items that do not fit. */
    private static List<String> list(List<String> items, int columns, int most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int next = 0;
        while (next < items.size()) {
            int behind = items.size() - next - 1;
            boolean lastLine = lines.size() == most - 1;
            int reserved = lastLine && behind > 0 ? more(behind) : 0;
            int room = Math.max(SHORTEST_ITEM, columns - 1 - reserved);
            String item = ForeignText.middle(items.get(next), room) + (behind > 0 ? "," : "");
            int length = line.length() + (line.isEmpty() ? 0 : 1) + item.length();
            if (line.isEmpty() || length + reserved <= columns) {
                line.append(line.isEmpty() ? "" : " ").append(item);
                next++;
            } else if (lastLine) {
                lines.add(line + " … %d more".formatted(behind + 1));
                return lines;
            } else {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private String fitting(String line) {
        return line.length() <= width ? line : line.substring(0, width - 1).stripTrailing() + "…";
    }

    private static int more(int count) {
        return " … %d more".formatted(count).length();
    }
}
