package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.results.ChangesSince;
import org.feuerprobe.results.MissOnset;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.verdict.VerdictKind;

/**
 * A campaign on one screen. It first shows the bounds that are not as claimed, with reasons; then
 * the bounds that hold; then one line for each reason why bounds could not be measured. If there is
 * too little room, bounds that hold are grouped by claim. Then reasons are cut, and at last rows
 * are only counted.
 */
public final class CampaignScreen {
    /** Number of rows of a small window, less three for the notes on standard error. */
    static final int LINES = 42;

    private static final int WIDEST = 100;
    private static final int NARROWEST = 40;
    private static final String INDENT = "    ";
    private static final int MOST_REASON_LINES = 3;
    private static final int MOST_CHANGES = 3;
    private static final int MOST_ONSETS = 3;
    private static final List<VerdictKind> NOT_AS_CLAIMED =
            List.of(VerdictKind.VIOLATED, VerdictKind.INCONCLUSIVE, VerdictKind.LOOSE);
    private static final List<VerdictKind> WORST_FIRST =
            List.of(
                    VerdictKind.VIOLATED,
                    VerdictKind.INCONCLUSIVE,
                    VerdictKind.LOOSE,
                    VerdictKind.HOLDS,
                    VerdictKind.NOT_EXERCISED,
                    VerdictKind.NOT_MEASURABLE);

    private final boolean colour;
    private final int width;

    /**
     * Makes a screen with {@code columns} columns. 0 stands for a pipe, which gets the lines of a
     * wide terminal.
     */
    public CampaignScreen(boolean colour, int columns) {
        this.colour = colour;
        this.width = columns == 0 ? WIDEST : Math.clamp(columns, NARROWEST, WIDEST);
    }

    /** The screen, in at most {@value #LINES} lines. */
    public String of(StoredCampaign campaign) {
        String unit = campaign.facts().getOrDefault("metric", "");
        String target = campaign.facts().getOrDefault("target", "");
        VerdictRows rows = new VerdictRows(colour, width, unit, target);
        List<String> head = head(campaign, unit);
        List<String> end = end(campaign);
        int room = LINES - head.size() - (end.isEmpty() ? 0 : end.size() + 1);
        List<StoredVerdict> otherwise = new ArrayList<>();
        NOT_AS_CLAIMED.forEach(kind -> otherwise.addAll(of(campaign, kind)));
        List<StoredVerdict> holds = of(campaign, VerdictKind.HOLDS);
        HeldGroups groups = new HeldGroups(width, unit, target, holds);
        int least = holds.isEmpty() ? 0 : Math.min(holds.size(), groups.least()) + 1;
        List<String> text = new ArrayList<>(head);
        if (!otherwise.isEmpty()) {
            List<String> shown = notAsClaimed(rows, otherwise, room - least - 1);
            add(text, shown);
            room -= shown.size() + 1;
        }
        if (!holds.isEmpty()) {
            List<String> plain = rows.of(holds);
            add(text, plain.size() < room ? plain : groups.lines(room - 1, this::painted));
        }
        if (!end.isEmpty()) {
            add(text, end);
        }
        return String.join("\n", text) + "\n";
    }

    private static void add(List<String> text, List<String> section) {
        text.add("");
        text.addAll(section);
    }

    private String painted(VerdictKind kind, String text) {
        return colour ? VerdictSymbol.painted(kind, text) : text;
    }

    private static List<StoredVerdict> of(StoredCampaign campaign, VerdictKind kind) {
        return campaign.verdicts().stream().filter(v -> v.verdict() == kind).toList();
    }

    /** What was measured, and the number of verdicts of each kind, worst first. */
    private List<String> head(StoredCampaign campaign, String unit) {
        String target = campaign.facts().getOrDefault("target", "");
        String others =
                campaign.verdicts().stream()
                        .filter(verdict -> !verdict.evidence().isEmpty())
                        .map(StoredVerdict::target)
                        .distinct()
                        .filter(name -> !name.equals(target))
                        .map(name -> " and " + name)
                        .collect(Collectors.joining());
        int count = campaign.verdicts().size();
        List<String> lines =
                new ArrayList<>(
                        wrapped(
                                String.format(
                                        Locale.ROOT,
                                        "%s on %s: %s in %.1f s, costs in %s",
                                        campaign.provenance().subject(),
                                        target + others,
                                        Numbers.counted(count, "bound"),
                                        campaign.provenance().seconds(),
                                        unit),
                                ""));
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (VerdictKind kind : WORST_FIRST) {
            int number = of(campaign, kind).size();
            if (number == 0) {
                continue;
            }
            String item = "%s %d %s".formatted(VerdictSymbol.of(kind), number, kind);
            if (column > 0 && column + 3 + item.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
                column = 0;
            }
            line.append(column == 0 ? "" : "   ").append(painted(kind, item));
            column += (column == 0 ? 0 : 3) + item.length();
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** Rows with their reasons, shortened to fit the room. */
    private List<String> notAsClaimed(VerdictRows rows, List<StoredVerdict> verdicts, int room) {
        for (int most = MOST_REASON_LINES; most >= 0; most--) {
            List<String> lines = withReasons(rows, verdicts, most);
            if (lines.size() <= room) {
                return lines;
            }
        }
        for (int shown = verdicts.size() - 1; shown > 0; shown--) {
            List<String> lines = withReasons(rows, verdicts.subList(0, shown), 0);
            if (lines.size() < room) {
                lines.add("  … %d more: --all".formatted(verdicts.size() - shown));
                return lines;
            }
        }
        return new ArrayList<>(List.of("  … %d more: --all".formatted(verdicts.size())));
    }

    /** Groups bounds that share a reason, with the reason below them. */
    private List<String> withReasons(VerdictRows rows, List<StoredVerdict> verdicts, int most) {
        List<String> lines = new ArrayList<>();
        VerdictRows.Layout layout = rows.layout(verdicts);
        grouped(verdicts, v -> v.verdict() + v.reason())
                .forEach((_, same) -> {
                    same.forEach(verdict -> lines.addAll(layout.row(verdict)));
                    lines.addAll(cut(wrapped(same.getFirst().reason(), INDENT), most));
                });
        return lines;
    }

    private static SequencedMap<String, List<StoredVerdict>> grouped(
            List<StoredVerdict> verdicts, Function<StoredVerdict, String> key) {
        SequencedMap<String, List<StoredVerdict>> groups = new LinkedHashMap<>();
        verdicts.forEach(v -> groups.computeIfAbsent(key.apply(v), _ -> new ArrayList<>()).add(v));
        return groups;
    }

    /** The first {@code most} lines. If more follow, the last one ends in an ellipsis. */
    private List<String> cut(List<String> lines, int most) {
        if (lines.size() <= most) {
            return lines;
        }
        List<String> kept = new ArrayList<>(lines.subList(0, most));
        if (!kept.isEmpty()) {
            String last = kept.getLast() + " " + lines.get(most).strip();
            kept.set(
                    most - 1,
                    (last.length() < width ? last : last.substring(0, width - 1)).stripTrailing()
                            + "…");
        }
        return kept;
    }

    private List<String> wrapped(String text, String indent) {
        int room = width - indent.length();
        String fits =
                Arrays.stream(text.split(" ", -1))
                        .map(word -> ForeignText.middle(word, room))
                        .collect(Collectors.joining(" "));
        return Paragraph.of(fits, indent, width).lines().toList();
    }

    /** Wraps a text, and indents all lines but the first. */
    private List<String> hanging(String text) {
        List<String> lines = new ArrayList<>(wrapped(text, INDENT));
        lines.set(0, lines.getFirst().strip());
        return lines;
    }

    /**
     * The end of the screen: what was not measured and why, what is estimated, and what changed.
     */
    private List<String> end(StoredCampaign campaign) {
        int most = LINES / 3;
        for (int height = MOST_REASON_LINES; height > 1; height--) {
            List<String> lines = end(campaign, height);
            if (lines.size() <= most) {
                return lines;
            }
        }
        List<String> lines = end(campaign, 1);
        if (lines.size() > most) {
            int hidden = lines.size() - most + 1;
            lines.subList(most - 1, lines.size()).clear();
            lines.add("… %d more lines like these: --all".formatted(hidden));
        }
        return lines;
    }

    /** The end, with at most {@code height} lines for each item. */
    private List<String> end(StoredCampaign campaign, int height) {
        List<String> lines = new ArrayList<>();
        for (VerdictKind kind : List.of(VerdictKind.NOT_EXERCISED, VerdictKind.NOT_MEASURABLE)) {
            grouped(of(campaign, kind), StoredVerdict::reason)
                    .forEach((reason, same) ->
                            cut(hanging(unmeasured(kind, reason, same)), height)
                                    .forEach(line -> lines.add(painted(kind, line))));
        }
        String estimates = estimates(campaign);
        if (!estimates.isEmpty()) {
            lines.addAll(cut(hanging(estimates), height));
        }
        List<MissOnset> onsets = campaign.context().regimes();
        onsets.stream()
                .limit(MOST_ONSETS)
                .forEach(onset ->
                        lines.addAll(
                                cut(hanging(onset.benchmark() + ": " + onset.steps()), height)));
        if (onsets.size() > MOST_ONSETS) {
            lines.add(
                    "… misses begin in %d more benchmarks: --all"
                            .formatted(onsets.size() - MOST_ONSETS));
        }
        campaign.context().changes().ifPresent(changes -> lines.addAll(changes(changes, height)));
        return lines;
    }

    private static String unmeasured(VerdictKind kind, String reason, List<StoredVerdict> same) {
        String operations =
                kind == VerdictKind.NOT_EXERCISED
                        ? " ("
                                + same.stream()
                                        .map(StoredVerdict::operation)
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + ")"
                        : "";
        return "%s %d %s: %s%s"
                .formatted(VerdictSymbol.of(kind), same.size(), kind, reason, operations);
    }

    private static String estimates(StoredCampaign campaign) {
        SequencedMap<String, String> ranges = new LinkedHashMap<>();
        campaign.verdicts()
                .forEach(verdict ->
                        verdict.estimate()
                                .ifPresent(
                                        range -> ranges.put(verdict.operation(), range.range())));
        return ranges.isEmpty()
                ? ""
                : "Estimated cycles, which decide nothing: "
                        + ranges.entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", "));
    }

    private List<String> changes(ChangesSince changes, int height) {
        List<String> lines =
                new ArrayList<>(
                        wrapped("Since %s: %s".formatted(changes.since(), changes.inWords()), ""));
        List<String> each = new ArrayList<>();
        changes.verdicts()
                .forEach(change ->
                        each.add(
                                "%s: %s → %s"
                                        .formatted(change.bound(), change.before(), change.now())));
        changes.models()
                .forEach(change ->
                        each.add(
                                "%s: %s → %s"
                                        .formatted(change.benchmark(), change.was(), change.is())));
        each.stream()
                .limit(MOST_CHANGES)
                .forEach(change -> lines.addAll(cut(wrapped(change, INDENT), height)));
        if (each.size() > MOST_CHANGES) {
            lines.add(INDENT + "… %d more in the report".formatted(each.size() - MOST_CHANGES));
        }
        return lines;
    }
}
