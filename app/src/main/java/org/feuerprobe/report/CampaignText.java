package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.json.Names;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.ChangesSince;
import org.feuerprobe.results.MissOnsets;
import org.feuerprobe.results.Published;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * A campaign as text: every bound in the order of the bounds file, then every reason. What a person
 * looks at first is a {@link CampaignScreen}.
 */
public final class CampaignText {
    private static final int WIDEST = 100;
    private static final int NARROWEST = 40;
    private final boolean colour;
    private final int columns;

    /** {@code columns} of the terminal; 0 for a pipe, where nothing is broken or left out. */
    public CampaignText(boolean colour, int columns) {
        this.colour = colour;
        this.columns = columns == 0 ? 0 : Math.clamp(columns, NARROWEST, WIDEST);
    }

    /** Every bound and every reason. */
    public String everything(CampaignReport report) {
        String reasons = reasons(report.verdicts());
        return new VerdictTable(colour, columns, report.setting()).table(report.verdicts())
                + (reasons.isEmpty() ? "" : "\n" + reasons)
                + parts(report.verdicts())
                + modelled(report)
                + estimates(report)
                + changes(report)
                + published(report)
                + "\n"
                + outcome(report);
    }

    private static List<BoundVerdict> of(List<BoundVerdict> verdicts, VerdictKind kind) {
        return verdicts.stream().filter(verdict -> verdict.kind() == kind).toList();
    }

    /** Each reason that occurs, wrapped, with the bounds it applies to below. */
    private String reasons(List<BoundVerdict> verdicts) {
        SequencedMap<String, List<String>> grouped = new LinkedHashMap<>();
        verdicts.stream()
                .filter(verdict -> verdict.kind() != VerdictKind.HOLDS)
                .forEach(v ->
                        grouped.computeIfAbsent(
                                        v.kind() + ": " + v.reason(), _ -> new ArrayList<>())
                                .add(Names.of(v.bound().id())));
        StringBuilder text = new StringBuilder();
        grouped.forEach((reason, bounds) ->
                text.append(wrap(reason, "")).append(wrap(String.join(", ", bounds), "    ")));
        return text.toString();
    }

    /** Which caches were modelled, and where misses begin in them. */
    private String modelled(CampaignReport report) {
        String caches = report.options().getOrDefault(CampaignReport.CACHES, "");
        if (caches.isEmpty()) {
            return "";
        }
        return "\n"
                + Paragraph.ofLines(
                        "Caches and TLB are modelled: "
                                + caches
                                + ".\n"
                                + MissOnsets.text(report.beside().regimes()),
                        width());
    }

    /** Whether the parts of what holds add up to it; the other verdicts' reasons say it. */
    private String parts(List<BoundVerdict> verdicts) {
        StringBuilder text = new StringBuilder();
        for (BoundVerdict verdict : of(verdicts, VerdictKind.HOLDS)) {
            verdict.composed()
                    .forEach(one ->
                            text.append(wrap("PARTS: " + one.benchmark() + ": " + one.text(), ""))
                                    .append(wrap(Names.of(verdict.bound().id()), "    ")));
        }
        return text.isEmpty() ? "" : "\n" + text;
    }

    private String changes(CampaignReport report) {
        if (report.beside().changes().isEmpty()) {
            return "";
        }
        ChangesSince changes = report.beside().changes().get();
        StringBuilder text =
                new StringBuilder("\n")
                        .append(wrap("Since " + changes.since() + ": " + changes.inWords(), ""));
        for (ChangesSince.Verdict change : changes.verdicts()) {
            text.append(
                    wrap(
                            "%s: %s → %s"
                                    .formatted(
                                            change.bound(),
                                            words(change.before(), change.was()),
                                            words(change.now(), change.is())),
                            "    "));
        }
        for (ChangesSince.Model change : changes.models()) {
            text.append(
                    wrap(
                            "%s: %s → %s".formatted(change.benchmark(), change.was(), change.is()),
                            "    "));
        }
        if (!changes.conditions().isEmpty()) {
            text.append(
                    wrap("measured otherwise: " + String.join("; ", changes.conditions()), "    "));
        }
        return text.toString();
    }

    private static String words(VerdictKind kind, String model) {
        return "%s %s %s".formatted(VerdictSymbol.of(kind), kind, model).strip();
    }

    private String published(CampaignReport report) {
        List<Published> published = report.beside().published();
        long operations = published.stream().map(Published::operation).distinct().count();
        return published.isEmpty()
                ? ""
                : "\n"
                        + wrap(
                                "%d figures that others have published of %d of these operations stand in the report."
                                        .formatted(published.size(), operations),
                                "");
    }

    /** Estimates where cycles could not be measured, and how good they are. */
    private String estimates(CampaignReport report) {
        SequencedMap<String, String> ranges = new LinkedHashMap<>();
        report.verdicts()
                .forEach(verdict ->
                        report.setting()
                                .estimate(verdict)
                                .ifPresent(estimate ->
                                        ranges.put(verdict.bound().operation(), estimate.range())));
        if (ranges.isEmpty()) {
            return "";
        }
        return "\n"
                + wrap(
                        "Estimated cycles a call, from counts times costs; they decide nothing. "
                                + report.setting().estimateError(),
                        "")
                + wrap(
                        ranges.entrySet().stream()
                                .map(e -> Names.of(e.getKey()) + " " + e.getValue())
                                .collect(Collectors.joining(", ")),
                        "    ");
    }

    private String outcome(CampaignReport report) {
        return wrap(
                String.format(
                        Locale.ROOT,
                        "%s: %s in %.1f s",
                        report.subject(),
                        counts(report.verdicts()),
                        report.took().toMillis() / 1000.0),
                "");
    }

    private int width() {
        return columns == 0 ? WIDEST : columns;
    }

    private String wrap(String text, String indent) {
        return Paragraph.of(text, indent, width());
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
}
