package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.ChangesSince;
import org.feuerprobe.results.MissOnsets;
import org.feuerprobe.results.Names;
import org.feuerprobe.results.Published;
import org.feuerprobe.testbed.Anchors;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * A campaign as text. A pipe gets everything, in the order of the bounds file; a terminal gets what
 * a person looks for: counts, what is not as claimed, what holds, and in a few lines what cannot be
 * measured.
 */
public final class CampaignText {
    private static final int WIDEST = 100;
    private static final int NARROWEST = 40;
    private static final List<VerdictKind> WORST_FIRST =
            List.of(
                    VerdictKind.VIOLATED,
                    VerdictKind.INCONCLUSIVE,
                    VerdictKind.NOT_EXERCISED,
                    VerdictKind.LOOSE,
                    VerdictKind.HOLDS,
                    VerdictKind.NOT_MEASURABLE);

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

    /** What a person looks for; all of it stands in the report. */
    public String summary(CampaignReport report) {
        VerdictTable table = new VerdictTable(colour, columns, report.setting());
        StringBuilder text = new StringBuilder(counted(report.verdicts())).append('\n');
        List<BoundVerdict> otherwise = new ArrayList<>();
        for (VerdictKind kind : WORST_FIRST.subList(0, 4)) {
            otherwise.addAll(of(report.verdicts(), kind));
        }
        if (!otherwise.isEmpty()) {
            text.append('\n').append(table.joined(otherwise));
            text.append(
                    reasons(
                            otherwise.stream()
                                    .filter(v -> v.kind() != VerdictKind.LOOSE)
                                    .toList()));
        }
        List<BoundVerdict> holds = of(report.verdicts(), VerdictKind.HOLDS);
        if (!holds.isEmpty()) {
            text.append('\n').append(table.joined(holds));
        }
        text.append(parts(report.verdicts())).append(modelled(report));
        text.append(unmeasurable(report.verdicts())).append(estimates(report));
        return text.append(changes(report))
                .append(published(report))
                .append('\n')
                .append(outcome(report))
                .toString();
    }

    private static List<BoundVerdict> of(List<BoundVerdict> verdicts, VerdictKind kind) {
        return verdicts.stream().filter(verdict -> verdict.kind() == kind).toList();
    }

    /** {@code ✗ 1 VIOLATED ✓ 58 HOLDS}, worst first. */
    private String counted(List<BoundVerdict> verdicts) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (VerdictKind kind : WORST_FIRST) {
            long count = count(verdicts, kind);
            String item = "%s %d %s".formatted(VerdictSymbol.of(kind), count, kind);
            if (count > 0) {
                boolean fits = column > 0 && column + 3 + item.length() <= columns;
                text.append(fits ? "   " : column == 0 ? "" : "\n");
                text.append(colour ? VerdictSymbol.painted(kind, item) : item);
                column = (fits ? column + 3 : 0) + item.length();
            }
        }
        return text.toString();
    }

    /** A paragraph for each unit that has no fit source. */
    private String unmeasurable(List<BoundVerdict> verdicts) {
        SequencedMap<String, List<BoundVerdict>> reasons = new LinkedHashMap<>();
        of(verdicts, VerdictKind.NOT_MEASURABLE)
                .forEach(v -> reasons.computeIfAbsent(v.reason(), _ -> new ArrayList<>()).add(v));
        StringBuilder text = new StringBuilder();
        reasons.forEach((reason, claims) -> {
            Map<String, Long> operations =
                    claims.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            v -> Names.middle(v.bound().operation(), 40),
                                            LinkedHashMap::new,
                                            Collectors.counting()));
            text.append('\n')
                    .append(
                            wrap(
                                    "%s %d NOT_MEASURABLE: %s"
                                            .formatted(
                                                    VerdictSymbol.of(VerdictKind.NOT_MEASURABLE),
                                                    claims.size(),
                                                    reason),
                                    ""))
                    .append(
                            wrap(
                                    operations.entrySet().stream()
                                            .map(e -> e.getKey() + " " + e.getValue())
                                            .collect(Collectors.joining(", ")),
                                    "    "));
        });
        return text.toString();
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
                                "")
                        + (columns == 0 ? listed(published) : "");
    }

    /**
     * One for each kernel and operation, with the warning; a terminal is pointed to the report
     * instead.
     */
    private String listed(List<Published> published) {
        StringBuilder text = new StringBuilder(wrap(Anchors.WARNING, ""));
        for (Published figure : Published.chosen(published)) {
            text.append(
                    wrap(
                            "%s: %s %s, %s, %s (%s; %s)"
                                    .formatted(
                                            figure.operation(),
                                            figure.kernel(),
                                            figure.name(),
                                            figure.figure(),
                                            figure.way(),
                                            figure.processor(),
                                            figure.configuration()),
                            "    "));
        }
        int further = Published.further(published).size();
        return further == 0
                ? text.toString()
                : text
                        + wrap(
                                "%d more, of other processors and configurations, are in the report."
                                        .formatted(further),
                                "    ");
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
