package org.feuerprobe.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.results.ChangesSince;
import org.feuerprobe.results.MissOnset;
import org.feuerprobe.results.OtherTestbed;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.results.TestbedDifference;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;

/** Writer of a campaign as Markdown, for a pull request or a wiki. Every text is escaped. */
public final class MarkdownReport {
    private MarkdownReport() {}

    public static String of(StoredCampaign campaign) {
        StringBuilder md = new StringBuilder();
        md.append("# ")
                .append(escape(campaign.provenance().subject()))
                .append(": ")
                .append(campaign.countsInWords());
        md.append("\n\n");
        md.append(
                String.format(
                        Locale.ROOT,
                        "Measured on %s in %s, %s, in %.1f s. %s\n\n",
                        escape(String.join(", ", campaign.targets())),
                        escape(String.join(", ", campaign.metrics())),
                        escape(campaign.provenance().beganShort()),
                        campaign.provenance().seconds(),
                        escape(campaign.repetition())));
        campaign.doubtful()
                .forEach(series ->
                        md.append("**").append(escape(series.warning())).append(".**\n\n"));
        campaign.testbeds().forEach(other -> otherTestbed(md, other));
        row(md, List.of("", "bound", "claim", "verdict", "class", "cost model", "range"));
        row(md, List.of("---", "---", "---", "---", "---", "---", "---"));
        for (StoredVerdict v : campaign.verdicts()) {
            row(
                    md,
                    List.of(
                            VerdictSymbol.of(v.verdict()),
                            escape(v.bound()),
                            escape(v.claim()),
                            (v.verdict() == org.feuerprobe.verdict.VerdictKind.VIOLATED
                                            ? "**VIOLATED**"
                                            : v.verdict().name())
                                    + where(campaign, v),
                            escape(v.growth()),
                            escape(v.model().map(StoredModel::text).orElse("")),
                            escape(
                                    v.range().entrySet().stream()
                                            .map(e ->
                                                    "%s %s…%s"
                                                            .formatted(
                                                                    e.getKey(),
                                                                    Numbers.grouped(
                                                                            e.getValue().from()),
                                                                    Numbers.grouped(
                                                                            e.getValue().to())))
                                            .collect(Collectors.joining(", ")))));
        }
        campaign.context().changes().ifPresent(changes -> changes(md, changes));
        discrepancies(md, campaign);
        for (String operation : campaign.operations()) {
            operation(md, campaign, operation);
        }
        md.append("\n## What was measured, and on what\n\n");
        campaign.facts()
                .forEach((key, value) ->
                        md.append("- ").append(escape(key + ": " + value)).append('\n'));
        return md.toString();
    }

    private static void changes(StringBuilder md, ChangesSince changes) {
        md.append("\n## Since ")
                .append(escape(changes.since() + ", " + changes.beganShort()))
                .append("\n\n")
                .append(escape(changes.inWords()))
                .append(".\n\n");
        for (ChangesSince.Verdict change : changes.verdicts()) {
            md.append(
                    "- %s (%s): %s %s → %s %s\n"
                            .formatted(
                                    escape(change.bound()),
                                    escape(change.claim()),
                                    change.before(),
                                    escape(change.was()),
                                    change.now(),
                                    escape(change.is())));
        }
        for (ChangesSince.Model change : changes.models()) {
            md.append(
                    "- %s: %s → %s\n"
                            .formatted(
                                    escape(change.benchmark()),
                                    escape(change.was()),
                                    escape(change.is())));
        }
        changes.conditions()
                .forEach(condition ->
                        md.append("- measured differently: ")
                                .append(escape(condition))
                                .append('\n'));
        if (!changes.added().isEmpty()) {
            md.append("- not in that campaign: ")
                    .append(escape(String.join(", ", changes.added())))
                    .append('\n');
        }
    }

    private static void discrepancies(StringBuilder md, StoredCampaign campaign) {
        var contradictions = Discrepancies.betweenDocuments(campaign);
        if (contradictions.isEmpty()) {
            return;
        }
        md.append("\n## Discrepancies\n\n");
        for (Discrepancies.Contradiction one : contradictions) {
            md.append(
                    "- **%s**: documents disagree on %s: %s (%s)%s\n"
                            .formatted(
                                    escape(one.operation()),
                                    escape(one.what()),
                                    escape(one.spread()),
                                    escape(
                                            one.claims().stream()
                                                    .map(c -> c.claim() + " in " + c.document())
                                                    .collect(Collectors.joining("; "))),
                                    one.measured().isEmpty()
                                            ? ""
                                            : "; measured here: " + escape(one.measured())));
        }
    }

    private static void operation(StringBuilder md, StoredCampaign campaign, String operation) {
        md.append("\n## ").append(escape(operation)).append("\n\n");
        List<StoredVerdict> verdicts = campaign.verdictsOn(operation);
        List<StoredSeries> series = campaign.seriesOf(operation);
        for (StoredVerdict verdict : verdicts) {
            md.append("- ").append(VerdictSymbol.of(verdict.verdict())).append(' ');
            md.append(
                    VerdictSentences.of(verdict, series).stream()
                            .map(MarkdownReport::escape)
                            .collect(Collectors.joining(" ")));
            md.append('\n');
        }
        for (StoredSeries one : series) {
            md.append("\n### ")
                    .append(escape(one.benchmark() + ", " + one.metric() + " on " + one.target()));
            md.append("\n\n");
            Stream.of(
                            one.modelOf(verdicts)
                                    .map(m -> PlainWords.of(m, one.metric(), one.varied())),
                            campaign.context().regimeOf(one).map(MissOnset::sentence))
                    .flatMap(Optional::stream)
                    .forEach(words -> md.append(escape(words)).append("\n\n"));
            row(md, List.of("point", "n", "min", "median", "p99", "max"));
            row(md, List.of("---", "---:", "---:", "---:", "---:", "---:"));
            for (Measurement point : one.points()) {
                var s = one.summary(point);
                row(
                        md,
                        List.of(
                                escape(StoredSeries.shown(point)),
                                Integer.toString(s.n()),
                                Numbers.grouped(s.min()),
                                Numbers.grouped(s.median()),
                                Numbers.grouped(s.p99()),
                                Numbers.grouped(s.max())));
            }
        }
    }

    /** Note that some figures come from another machine, and how it differs. */
    private static void otherTestbed(StringBuilder md, OtherTestbed other) {
        md.append("**").append(escape(other.warning())).append("**\n\n");
        row(md, Stream.of("fact", "here", other.name()).map(MarkdownReport::escape).toList());
        row(md, List.of("---", "---", "---"));
        for (TestbedDifference difference : other.differences()) {
            row(
                    md,
                    Stream.of(difference.fact(), difference.here(), difference.there())
                            .map(MarkdownReport::escape)
                            .toList());
        }
        md.append("\n");
    }

    /** The target that decided, if it is not the campaign's own. */
    private static String where(StoredCampaign campaign, StoredVerdict verdict) {
        String own = campaign.facts().getOrDefault("target", verdict.target());
        return verdict.evidence().isEmpty() || verdict.target().equals(own)
                ? ""
                : " on " + verdict.target();
    }

    private static void row(StringBuilder md, List<String> cells) {
        md.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Escapes everything that Markdown or HTML would read as markup. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(c -> {
                    if ("\\`*_{}[]()#+!|~".indexOf(c) >= 0) {
                        escaped.append('\\').append((char) c);
                    } else {
                        escaped.append(
                                switch (c) {
                                    case '<' -> "&lt;";
                                    case '>' -> "&gt;";
                                    case '&' -> "&amp;";
                                    default -> String.valueOf((char) c);
                                });
                    }
                });
        return escaped.toString();
    }
}
