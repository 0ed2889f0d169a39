package org.feuerprobe.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.feuerprobe.archive.Acceptance;
import org.feuerprobe.change.NewestRun;
import org.feuerprobe.compare.Comparer;
import org.feuerprobe.compare.Comparison;
import org.feuerprobe.compare.Direction;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.compare.PointChange;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;

/** Judge of a campaign in two suites: its bounds, and its changes against a history. */
public final class CampaignGate {
    private static final double LEAST = 0.01;

    private CampaignGate() {}

    /** Findings about bounds, and about what could not be measured. */
    public static List<Finding> bounds(LabelledCampaign now) {
        StoredCampaign campaign = now.campaign();
        List<Finding> findings = new ArrayList<>();
        for (StoredVerdict verdict : campaign.verdicts()) {
            SequencedMap<String, String> values = new LinkedHashMap<>();
            values.put("operation", verdict.operation());
            values.put("claim", verdict.claim());
            values.put("verdict", verdict.verdict().name());
            values.put("metric", verdict.metric());
            verdict.model().ifPresent(model -> values.put("model", model.text()));
            values.put("class", verdict.growth());
            String message =
                    "%s: %s%s"
                            .formatted(
                                    verdict.claim(),
                                    verdict.verdict(),
                                    verdict.reason().isEmpty() ? "" : ": " + verdict.reason());
            findings.add(
                    new Finding(
                            Finding.Suite.BOUNDS,
                            switch (verdict.verdict()) {
                                case HOLDS, LOOSE -> Finding.Outcome.PASSED;
                                case VIOLATED -> Finding.Outcome.FAILED;
                                case INCONCLUSIVE, NOT_MEASURABLE, NOT_EXERCISED ->
                                        Finding.Outcome.SKIPPED;
                            },
                            verdict.bound(),
                            message,
                            values,
                            0));
        }
        for (String rejected : campaign.rejected()) {
            findings.add(fault("no samples: " + rejected));
        }
        if (now.manifest().exact() && !campaign.repetition().isEmpty() && !campaign.repeats()) {
            findings.add(fault(campaign.repetition()));
        }
        return findings;
    }

    private static Finding fault(String what) {
        return new Finding(
                Finding.Suite.BOUNDS,
                Finding.Outcome.ERROR,
                "campaign",
                what,
                new LinkedHashMap<>(),
                1);
    }

    /** Findings about changes since the campaigns of the history. */
    public static SuspectedRegression.Changes changes(
            LabelledCampaign now, CampaignHistory history) {
        List<String> notes = new ArrayList<>(history.notes());
        if (history.newest().isEmpty()) {
            return new SuspectedRegression.Changes(
                    new GateResult(
                            List.of(skipped("history", "no earlier campaign to compare with")),
                            notes),
                    new LinkedHashMap<>());
        }
        return now.manifest().exact()
                ? exact(now, history, history.newest().get(), notes)
                : timed(now, history, notes);
    }

    /** Compares counts that repeat exactly. Only the newest earlier campaign matters for them. */
    private static SuspectedRegression.Changes exact(
            LabelledCampaign now,
            CampaignHistory history,
            LabelledCampaign before,
            List<String> notes) {
        Comparison comparison = new Comparer(LEAST).compare(before, now);
        List<Finding> findings = new ArrayList<>();
        SequencedMap<String, SuspectedRegression> suspects = new LinkedHashMap<>();
        for (PointChange point : comparison.points()) {
            Optional<Acceptance> accepted = history.accepted(point.now());
            if (accepted.isPresent()
                    && accepted.get().began().compareTo(before.campaign().provenance().began())
                            > 0) {
                findings.add(acceptedPoint(now, point.now(), accepted.get()));
                continue;
            }
            SequencedMap<String, String> values = values(point.now());
            values.put("against", before.label());
            values.put("statistic", point.statistic());
            values.put("before", Finding.number(point.before()));
            values.put("after", Finding.number(point.after()));
            boolean worse = point.direction() == Direction.WORSE;
            if (worse && point.now().metric().equals(now.manifest().metric())) {
                suspects.put(
                        name(point.now()), new SuspectedRegression(point.now(), Optional.empty()));
            }
            String message =
                    "%s: %s %s → %s%s"
                            .formatted(
                                    point.direction().word(),
                                    point.statistic(),
                                    Finding.number(point.before()),
                                    Finding.number(point.after()),
                                    point.reason().isEmpty() ? "" : ": " + point.reason());
            findings.add(
                    new Finding(
                            Finding.Suite.CHANGES,
                            worse
                                    ? Finding.Outcome.FAILED
                                    : point.direction() == Direction.OPEN
                                            ? Finding.Outcome.SKIPPED
                                            : Finding.Outcome.PASSED,
                            name(point.now()),
                            message,
                            values,
                            point.ratio().map(ratio -> ratio.value()).orElse(1.0)));
        }
        comparison
                .models()
                .forEach(change ->
                        notes.add(
                                "%s: the cost model changed (%s): %s → %s"
                                        .formatted(
                                                change.benchmark(),
                                                change.direction().word(),
                                                change.was(),
                                                change.is())));
        missing("only in " + before.label(), comparison.onlyBase(), notes);
        missing("not in " + before.label(), comparison.onlyNew(), notes);
        if (findings.isEmpty()) {
            findings.add(skipped("history", before.label() + " has no point in common"));
        }
        return new SuspectedRegression.Changes(new GateResult(findings, notes), suspects);
    }

    private static void missing(String what, List<String> names, List<String> notes) {
        if (!names.isEmpty()) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "%s %s, first %s",
                            Numbers.counted(names.size(), "point"),
                            what,
                            names.getFirst()));
        }
    }

    private static SuspectedRegression.Changes timed(
            LabelledCampaign now, CampaignHistory history, List<String> notes) {
        List<Measurement> points =
                now.campaign().series().stream().flatMap(s -> s.points().stream()).toList();
        List<NewestRun.Judged> judged =
                NewestRun.judge(points.stream().map(history::values).toList());
        List<Finding> findings = new ArrayList<>();
        SequencedMap<String, SuspectedRegression> suspects = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            Measurement point = points.get(i);
            Optional<Acceptance> accepted = history.accepted(point);
            if (accepted.isPresent() && judged.get(i).standing() == NewestRun.Standing.TOO_FEW) {
                findings.add(acceptedPoint(now, point, accepted.get()));
                continue;
            }
            Trust trust = now.campaign().trust(point.target(), point.metric());
            if (!trust.believed()) {
                findings.add(doubted(point, trust));
                continue;
            }
            findings.add(timed(point, judged.get(i)));
            if (judged.get(i).standing() == NewestRun.Standing.WORSE
                    && point.metric().equals(now.manifest().metric())) {
                suspects.put(
                        name(point), new SuspectedRegression(point, Optional.of(judged.get(i))));
            }
        }
        return new SuspectedRegression.Changes(new GateResult(findings, notes), suspects);
    }

    private static Finding timed(Measurement point, NewestRun.Judged judged) {
        SequencedMap<String, String> values = values(point);
        values.put("median", Finding.number(judged.value()));
        values.put("runs", Integer.toString(judged.runs()));
        if (judged.standing() != NewestRun.Standing.TOO_FEW) {
            values.put("level", Finding.number(judged.level()));
            values.put("low", Finding.number(judged.low()));
            values.put("high", Finding.number(judged.high()));
            values.put("p_corrected", Double.toString(judged.p()));
        }
        String interval =
                "median %s, where %d earlier campaigns predict %s to %s"
                        .formatted(
                                Finding.figure(judged.value(), point),
                                judged.runs(),
                                Finding.number(judged.low()),
                                Finding.figure(judged.high(), point));
        return new Finding(
                Finding.Suite.CHANGES,
                switch (judged.standing()) {
                    case WORSE -> Finding.Outcome.FAILED;
                    case TOO_FEW -> Finding.Outcome.SKIPPED;
                    case AS_BEFORE, KNOWN, BETTER -> Finding.Outcome.PASSED;
                },
                name(point),
                switch (judged.standing()) {
                    case TOO_FEW -> tooFew(judged.runs());
                    case WORSE -> "worse: " + interval;
                    case BETTER -> "better: " + interval;
                    case KNOWN -> "changed before this run, reported then: " + interval;
                    case AS_BEFORE -> "as before: " + interval;
                },
                values,
                judged.value() / Math.max(Double.MIN_NORMAL, Math.abs(judged.level())));
    }

    private static String tooFew(int earlier) {
        String campaigns = Numbers.counted(earlier, "earlier campaign");
        return earlier < NewestRun.FEWEST_BEFORE
                ? "%s: too few to test, %d are needed".formatted(campaigns, NewestRun.FEWEST_BEFORE)
                : "%s, but fewer than %d on the level to compare with: too few to test"
                        .formatted(campaigns, NewestRun.FEWEST_BEFORE);
    }

    /** A point whose figures may not be believed is skipped. */
    private static Finding doubted(Measurement point, Trust trust) {
        return new Finding(
                Finding.Suite.CHANGES,
                Finding.Outcome.SKIPPED,
                name(point),
                "open: " + trust.text(),
                values(point),
                0);
    }

    /** A point whose history started again and is still too short is skipped. */
    private static Finding acceptedPoint(
            LabelledCampaign now, Measurement point, Acceptance accepted) {
        boolean itself = accepted.began().equals(now.campaign().provenance().began());
        SequencedMap<String, String> values = values(point);
        values.put("accepted", accepted.at());
        values.put("why", accepted.why());
        return new Finding(
                Finding.Suite.CHANGES,
                itself ? Finding.Outcome.PASSED : Finding.Outcome.SKIPPED,
                name(point),
                "%s with %s: %s"
                        .formatted(
                                itself ? "accepted" : "too few runs since its history starts again",
                                accepted.began(),
                                accepted.why()),
                values,
                0);
    }

    private static Finding skipped(String name, String why) {
        return new Finding(
                Finding.Suite.CHANGES,
                Finding.Outcome.SKIPPED,
                name,
                why,
                new LinkedHashMap<>(),
                0);
    }

    private static SequencedMap<String, String> values(Measurement point) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        values.put("operation", point.operation());
        values.put("benchmark", point.benchmark());
        values.put("point", at(point.parameters()));
        values.put("target", point.target());
        values.put("metric", point.metric());
        return values;
    }

    /** Benchmark and point, which name a finding. */
    static String name(Measurement point) {
        return (point.benchmark() + " " + at(point.parameters())).strip();
    }

    private static String at(Map<String, Long> parameters) {
        return Numbers.point(parameters);
    }
}
