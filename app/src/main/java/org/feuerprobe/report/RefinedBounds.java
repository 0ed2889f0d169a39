package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.verdict.VerdictKind;

/**
 * Writer of a bounds file that the measurements support. For each operation that a model explains,
 * it claims the growth class. If the cost is known exactly, it also claims its largest value over
 * the range as a limit. Notes give constants and ranges.
 */
public final class RefinedBounds {
    private static final Set<VerdictKind> DECIDED =
            Set.of(VerdictKind.HOLDS, VerdictKind.LOOSE, VerdictKind.VIOLATED);

    private RefinedBounds() {}

    /** YAML of schema 1; empty if nothing was explained, because a bounds file needs a bound. */
    public static Optional<String> yaml(StoredCampaign campaign) {
        List<String> entries = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (String operation : campaign.operations()) {
            for (StoredVerdict verdict : campaign.verdictsOn(operation)) {
                if (DECIDED.contains(verdict.verdict())
                        && !verdict.absolute()
                        && verdict.model().isPresent()
                        && !verdict.growth().isEmpty()) {
                    refine(campaign, verdict, entries, ids);
                }
            }
        }
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "# Bounds as measured by Feuerprobe "
                                + campaign.provenance().version()
                                + ", "
                                + campaign.provenance().began()
                                + ".\nschema: 1\nsubject: "
                                + quote(campaign.provenance().subject())
                                + "\nbounds:\n"
                                + String.join("", entries));
    }

    private static void refine(
            StoredCampaign campaign, StoredVerdict verdict, List<String> entries, Set<String> ids) {
        StoredModel model = verdict.model().orElseThrow();
        String range =
                verdict.range().entrySet().stream()
                        .map(e ->
                                "%s from %s to %s"
                                        .formatted(
                                                e.getKey(),
                                                Numbers.plain(e.getValue().from()),
                                                Numbers.plain(e.getValue().to())))
                        .collect(Collectors.joining(", "));
        String note =
                "Measured: %s, over %s%s. Claimed before: %s."
                        .formatted(
                                model.text(),
                                range,
                                verdict.certificate() ? ", exactly at every point" : "",
                                verdict.claim());
        String where = "kernel " + campaign.facts().getOrDefault("kernel", "unknown");
        String growth = verdict.operation() + "/measured-growth";
        if (ids.add(growth)) {
            entries.add(
                    entry(
                            growth,
                            verdict.operation(),
                            verdict.growth(),
                            "tight",
                            campaign.provenance().boundsFile(),
                            where,
                            note));
        }
        String limit = verdict.operation() + "/measured-limit";
        if (model.exact() && verdict.certificate() && ids.add(limit)) {
            entries.add(
                    entry(
                            limit,
                            verdict.operation(),
                            "max <= "
                                    + Numbers.plain(largest(campaign, verdict))
                                    + " "
                                    + verdict.metric(),
                            "upper",
                            campaign.provenance().boundsFile(),
                            where,
                            note));
        }
    }

    private static double largest(StoredCampaign campaign, StoredVerdict verdict) {
        return campaign.seriesOf(verdict.operation()).stream()
                .filter(s ->
                        s.metric().equals(verdict.metric()) && s.target().equals(verdict.target()))
                .flatMap(s -> s.points().stream())
                .mapToDouble(p -> p.summary().max())
                .max()
                .orElse(verdict.model().orElseThrow().intercept().value());
    }

    private static String entry(
            String id,
            String operation,
            String claim,
            String mode,
            String document,
            String section,
            String note) {
        return "  - id: %s\n    operation: %s\n    claim: %s\n    kind: proposed\n    mode: %s\n    source: {document: %s, section: %s}\n    note: %s\n"
                .formatted(
                        quote(id),
                        quote(operation),
                        quote(claim),
                        mode,
                        quote(document),
                        quote(section),
                        quote(note));
    }

    /** A double-quoted YAML scalar, escaped so that nothing in it can end it. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        quoted.append('\\').appendCodePoint(c);
                    } else if (c < ' ' || c == 0x7f) {
                        quoted.append("\\x%02x".formatted(c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                });
        return quoted.append('"').toString();
    }
}
