package org.feuerprobe.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignProgress;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.compare.Comparer;
import org.feuerprobe.compare.Direction;
import org.feuerprobe.compare.PointChange;
import org.feuerprobe.fitness.SeriesTrust;
import org.feuerprobe.guest.Target;
import org.feuerprobe.harness.BootFailure;
import org.feuerprobe.harness.Interleaved;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.sample.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * Second measurement of suspected regressions. Only the suspected points are measured again, at
 * once. If the kernel of the history is available, boots of both kernels alternate; otherwise the
 * same kernel is booted again. Exact counts are confirmed if fresh boots repeat them. A suspicion
 * remains an alert if it persists, and also if the rerun leaves it open.
 */
public final class Rerun {
    /** Smallest relative change of a timed cost that matters. */
    private static final double LEAST = 0.01;

    /** Boots of each kernel. Fewer boots show little of the spread between boots. */
    private static final int BOOTS = 5;

    private final Target now;
    private final Optional<Base> base;
    private final int warmup;
    private final int parallel;

    /** The kernel of the history's newest campaign. */
    public record Base(String name, Target target) {}

    /**
     * Makes a rerun with the {@code warmup} of the campaign and {@code parallel} boots at the same
     * time.
     */
    public Rerun(Target now, Optional<Base> base, int warmup, int parallel) {
        this.now = now;
        this.base = base;
        this.warmup = warmup;
        this.parallel = now.exact() ? parallel : 1;
    }

    /** Whether a suspicion remains an alert, and the words for it. */
    private record Answer(boolean alert, String word, String message) {}

    private static Answer confirmed(String how) {
        return new Answer(true, "confirmed", "confirmed by rerun: " + how);
    }

    private static Answer cleared(String how) {
        return new Answer(false, "cleared", "did not persist: " + how);
    }

    private static Answer open(String why) {
        return new Answer(true, "open", "the rerun leaves it open: " + why);
    }

    /** The findings, in which those that would alert were measured again. */
    public GateResult of(SuspectedRegression.Changes changes)
            throws LabException, InterruptedException {
        Map<String, Answer> answers = answers(changes.suspects());
        List<Finding> findings =
                changes.result().findings().stream()
                        .map(finding -> after(finding, suspected(finding, answers)))
                        .toList();
        List<String> notes = new ArrayList<>(changes.result().notes());
        long confirmed = count(answers, "confirmed");
        long cleared = count(answers, "cleared");
        notes.add(
                String.format(
                        Locale.ROOT,
                        "suspects measured again%s: %,d confirmed, %,d did not persist, %,d open",
                        base.map(kernel -> " alternately with " + kernel.name()).orElse(""),
                        confirmed,
                        cleared,
                        answers.size() - confirmed - cleared));
        return new GateResult(findings, notes);
    }

    private static long count(Map<String, Answer> answers, String word) {
        return answers.values().stream().filter(answer -> answer.word().equals(word)).count();
    }

    /**
     * The answer to this finding; null if it does not alert, or if its metric was not measured
     * again.
     */
    private @Nullable Answer suspected(Finding finding, Map<String, Answer> answers) {
        boolean alarms = finding.outcome() == Finding.Outcome.FAILED;
        boolean same = now.metric().equals(finding.properties().get("metric"));
        return alarms && same ? answers.get(finding.name()) : null;
    }

    private static Finding after(Finding finding, @Nullable Answer answer) {
        if (answer == null) {
            return finding;
        }
        SequencedMap<String, String> values = new LinkedHashMap<>(finding.properties());
        values.put("rerun", answer.word());
        return new Finding(
                finding.suite(),
                answer.alert() ? Finding.Outcome.FAILED : Finding.Outcome.PASSED,
                finding.name(),
                finding.message() + "; " + answer.message(),
                values,
                finding.weight());
    }

    /**
     * The second measurement.
     *
     * @param lost why points have no samples
     * @param doubt why it may not be believed; empty if it may be
     */
    private record Again(
            List<Measurement> points, List<CampaignResult.Rejected> lost, Optional<String> doubt) {
        /** That there are no samples of a point, and why. */
        String none(Measurement point) {
            return lost.stream()
                    .filter(rejected -> rejected.benchmark().equals(point.benchmark()))
                    .findFirst()
                    .map(rejected -> "no samples of it: " + rejected.reason())
                    .orElse("no samples of it");
        }
    }

    private Map<String, Answer> answers(Map<String, SuspectedRegression> suspects)
            throws LabException, InterruptedException {
        List<Measurement> points =
                suspects.values().stream().map(SuspectedRegression::point).toList();
        Again again;
        Optional<String> doubt;
        Map<String, PointChange> beside = new HashMap<>();
        if (base.isPresent()) {
            Interleaved<Again> both =
                    Interleaved.run(
                            base.get().target(),
                            booted -> measure(booted, points),
                            now,
                            booted -> measure(booted, points),
                            parallel);
            again = both.now();
            doubt = again.doubt().or(() -> both.base().doubt());
            new Comparer(LEAST)
                    .compare(both.base().points(), again.points(), false)
                    .forEach(change -> beside.put(CampaignGate.name(change.now()), change));
        } else {
            again = measure(now, points);
            doubt = again.doubt();
        }
        Map<String, Measurement> measured =
                again.points().stream()
                        .collect(Collectors.toMap(CampaignGate::name, Function.identity()));
        Map<String, Answer> answers = new LinkedHashMap<>();
        suspects.forEach((name, suspect) ->
                answers.put(
                        name,
                        doubt.isPresent()
                                ? open(doubt.get())
                                : answer(
                                        suspect,
                                        Optional.ofNullable(measured.get(name)),
                                        Optional.ofNullable(beside.get(name)),
                                        again.none(suspect.point()))));
        return answers;
    }

    private Answer answer(
            SuspectedRegression suspect,
            Optional<Measurement> again,
            Optional<PointChange> beside,
            String none) {
        if (again.isEmpty()) {
            return open(none);
        }
        if (suspect.judged().isEmpty()) {
            return repeats(suspect.point(), again.get());
        }
        if (base.isPresent()) {
            return beside.map(Rerun::againstBase)
                    .orElseGet(() -> open(base.get().name() + " has no samples of it"));
        }
        double median = again.get().summary().median();
        String how = "median " + Finding.figure(median, suspect.point());
        return suspect.judged().get().persists(median) ? confirmed(how) : cleared(how);
    }

    private static Answer repeats(Measurement counted, Measurement again) {
        PointChange change =
                new Comparer(LEAST).compare(List.of(counted), List.of(again), true).getFirst();
        return change.direction() == Direction.SAME
                ? confirmed("fresh boots counted the same")
                : open(
                        "fresh boots counted differently, %s %s"
                                .formatted(
                                        change.statistic(),
                                        Finding.figure(change.after(), change.now())));
    }

    private static Answer againstBase(PointChange change) {
        String how =
                "median %s beside %s%s"
                        .formatted(
                                Finding.figure(change.after(), change.now()),
                                Finding.figure(change.before(), change.now()),
                                change.ratio()
                                        .map(ratio ->
                                                ", ratio %s (%s to %s)"
                                                        .formatted(
                                                                three(ratio.value()),
                                                                three(ratio.low()),
                                                                three(ratio.high())))
                                        .orElse(""));
        return switch (change.direction()) {
            case WORSE -> confirmed(how);
            case SAME, BETTER, MOVED -> cleared(how);
            case OPEN -> open(how + ": " + change.reason());
        };
    }

    private static String three(double value) {
        return String.format(java.util.Locale.ROOT, "%.3f", value);
    }

    /** The points as the campaign measured them, in at least {@value #BOOTS} boots if timed. */
    private Again measure(Target booted, List<Measurement> points)
            throws LabException, InterruptedException {
        Campaign campaign = new Campaign(booted, parallel);
        try {
            Map<String, Benchmark> known =
                    campaign.catalogue().stream()
                            .collect(
                                    Collectors.toMap(
                                            Benchmark::name, Function.identity(), (a, _) -> a));
            List<PlanEntry> entries = new ArrayList<>();
            for (Measurement point : points) {
                Benchmark benchmark = known.get(point.benchmark());
                if (benchmark != null) {
                    entries.add(
                            new PlanEntry(
                                    benchmark,
                                    point.parameters(),
                                    point.boots().getFirst().operation().length,
                                    warmup,
                                    point.boots().getFirst().batch()));
                }
            }
            if (entries.isEmpty()) {
                return new Again(List.of(), List.of(), Optional.empty());
            }
            int boots = points.getFirst().boots().size();
            CampaignResult result =
                    campaign.run(
                            new Plan(points.getFirst().boots().getFirst().seed(), entries),
                            booted.exact() ? boots : Math.max(BOOTS, boots),
                            CampaignProgress.none());
            return new Again(
                    result.measurements(),
                    result.rejected(),
                    result.trust().stream()
                            .filter(series -> !series.trust().believed())
                            .map(SeriesTrust::warning)
                            .findFirst());
        } catch (CampaignException e) {
            throw BootFailure.of(e);
        }
    }
}
