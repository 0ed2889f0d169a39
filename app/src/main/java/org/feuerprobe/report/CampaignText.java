package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.results.ChangesSince;
import org.feuerprobe.results.MissOnsets;
import org.feuerprobe.results.Published;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * A campaign as complete text: every bound in the order of the bounds file, then every reason. The
 * summary that people see first is a {@link CampaignScreen}.
 */
public final class CampaignText {
    private static final int WIDEST = 100;
    private static final int NARROWEST = 40;
    private final boolean colour;
    private final int columns;

    /**
     * Makes a text with {@code columns} columns. 0 stands for a pipe, in which nothing is broken or
     * left out.
     */
    public CampaignText(boolean colour, int columns) {
        this.colour = colour;
        this.columns = columns == 0 ? 0 : Math.clamp(columns, NARROWEST, WIDEST);
    }

    /** The text with every bound and every reason. */
    public String everything(StoredCampaign campaign) {
        String reasons = reasons(campaign.verdicts());
        return new VerdictTable(colour, columns, campaign.facts().getOrDefault("target", ""))
                        .table(campaign.verdicts())
                + (reasons.isEmpty() ? "" : "\n" + reasons)
                + parts(campaign.verdicts())
                + modelled(campaign)
                + estimates(campaign)
                + changes(campaign)
                + published(campaign)
                + "\n"
                + outcome(campaign);
    }

    /** Each different reason, wrapped, followed by the bounds to which it applies. */
    private String reasons(List<StoredVerdict> verdicts) {
        SequencedMap<String, List<String>> grouped = new LinkedHashMap<>();
        verdicts.stream()
                .filter(verdict -> verdict.verdict() != VerdictKind.HOLDS)
                .forEach(v ->
                        grouped.computeIfAbsent(
                                        v.verdict() + ": " + v.reason(), _ -> new ArrayList<>())
                                .add(v.bound()));
        StringBuilder text = new StringBuilder();
        grouped.forEach((reason, bounds) ->
                text.append(wrap(reason, "")).append(wrap(String.join(", ", bounds), "    ")));
        return text.toString();
    }

    /** Which caches were modelled, and where their misses begin. */
    private String modelled(StoredCampaign campaign) {
        String caches = campaign.facts().getOrDefault(StoredCampaign.CACHES, "");
        if (caches.isEmpty()) {
            return "";
        }
        return "\n"
                + Paragraph.ofLines(
                        "Caches and TLB are modelled: "
                                + caches
                                + ".\n"
                                + MissOnsets.text(campaign.context().regimes()),
                        width());
    }

    /**
     * For bounds that hold, whether the parts add up to the whole. For others the reason already
     * says it.
     */
    private String parts(List<StoredVerdict> verdicts) {
        StringBuilder text = new StringBuilder();
        for (StoredVerdict verdict : verdicts) {
            if (verdict.verdict() == VerdictKind.HOLDS) {
                verdict.parts()
                        .forEach(one ->
                                text.append(wrap("PARTS: " + one, ""))
                                        .append(wrap(verdict.bound(), "    ")));
            }
        }
        return text.isEmpty() ? "" : "\n" + text;
    }

    private String changes(StoredCampaign campaign) {
        if (campaign.context().changes().isEmpty()) {
            return "";
        }
        ChangesSince changes = campaign.context().changes().get();
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
                    wrap(
                            "measured differently: " + String.join("; ", changes.conditions()),
                            "    "));
        }
        return text.toString();
    }

    private static String words(VerdictKind kind, String model) {
        return "%s %s %s".formatted(VerdictSymbol.of(kind), kind, model).strip();
    }

    private String published(StoredCampaign campaign) {
        List<Published> published = campaign.context().published();
        long operations = published.stream().map(Published::operation).distinct().count();
        return published.isEmpty()
                ? ""
                : "\n"
                        + wrap(
                                "%d figures that others have published of %d of these operations stand in the report."
                                        .formatted(published.size(), operations),
                                "");
    }

    /** Estimates of cycles that could not be measured, and their accuracy. */
    private String estimates(StoredCampaign campaign) {
        SequencedMap<String, String> ranges = new LinkedHashMap<>();
        campaign.verdicts()
                .forEach(verdict ->
                        verdict.estimate()
                                .ifPresent(estimate ->
                                        ranges.put(verdict.operation(), estimate.range())));
        if (ranges.isEmpty()) {
            return "";
        }
        return "\n"
                + wrap(
                        "Estimated cycles a call, from counts times costs; they decide nothing. "
                                + campaign.estimateError(),
                        "")
                + wrap(
                        ranges.entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue())
                                .collect(Collectors.joining(", ")),
                        "    ");
    }

    private String outcome(StoredCampaign campaign) {
        return wrap(
                String.format(
                        Locale.ROOT,
                        "%s: %s in %.1f s",
                        campaign.provenance().subject(),
                        campaign.countsInWords(),
                        campaign.provenance().seconds()),
                "");
    }

    private int width() {
        return columns == 0 ? WIDEST : columns;
    }

    private String wrap(String text, String indent) {
        return Paragraph.of(text, indent, width());
    }
}
