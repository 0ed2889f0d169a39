package org.feuerprobe.results;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.fitness.SeriesTrust;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.verdict.VerdictKind;

/**
 * A campaign as its results folder holds it. All reports are made from it, so that a later report
 * equals the first. Texts are harmless to a terminal and have a readable length, but a page must
 * escape them.
 *
 * @param provenance as written
 * @param facts what was measured, and on which machine, in order
 * @param repetition a sentence that says whether a second boot gave the same values
 * @param repeats whether it did
 * @param rejected plan entries without samples, and why
 * @param estimateError how far estimates of cycles were off where the truth is known; empty without
 *     estimates
 * @param context what a reader compares the figures with
 * @param others verdicts of other campaigns on the same page, for the models that they hold
 * @param testbeds which of those other campaigns are of another testbed
 * @param trust trust in each target and metric that was measured
 */
public record StoredCampaign(
        Provenance provenance,
        SequencedMap<String, String> facts,
        String repetition,
        boolean repeats,
        List<String> rejected,
        String estimateError,
        List<StoredVerdict> verdicts,
        List<StoredSeries> series,
        Context context,
        List<StoredVerdict> others,
        List<OtherTestbed> testbeds,
        List<SeriesTrust> trust) {
    /** Fact that names the modelled caches, if there are any. */
    public static final String CACHES = "modelled caches";

    public StoredCampaign {
        rejected = List.copyOf(rejected);
        verdicts = List.copyOf(verdicts);
        series = List.copyOf(series);
        others = List.copyOf(others);
        testbeds = List.copyOf(testbeds);
        trust = List.copyOf(trust);
    }

    /**
     * Joins another campaign to this one's page. The page has the verdicts of this campaign, and
     * the measurements and models of both. A series of the other campaign is named after its folder
     * if this campaign has the same series, or if the testbeds differ.
     */
    public StoredCampaign with(
            String folder, StoredCampaign other, Optional<OtherTestbed> elsewhere) {
        List<StoredSeries> all = new java.util.ArrayList<>(series);
        List<StoredVerdict> models = new java.util.ArrayList<>(others);
        List<MissOnset> regimes = new java.util.ArrayList<>(context.regimes());
        Set<SeriesTrust> found = new LinkedHashSet<>(trust);
        String mark = " (" + ForeignText.of(folder) + ")";
        for (StoredSeries theirs : other.series()) {
            boolean named =
                    elsewhere.isPresent() || series.stream().anyMatch(theirs::measuresTheSame);
            StoredSeries shown = named ? theirs.onTarget(theirs.target() + mark) : theirs;
            all.add(shown);
            other.context()
                    .regimeOf(theirs)
                    .ifPresent(regime -> regimes.add(regime.onTarget(shown.target())));
            other.trust().stream()
                    .filter(series -> series.speaksOf(theirs.target(), theirs.metric()))
                    .forEach(series -> found.add(series.onTarget(shown.target())));
        }
        for (StoredVerdict theirs : other.verdicts()) {
            models.add(theirs);
            models.add(theirs.onTarget(theirs.target() + mark));
        }
        return having(
                all,
                context.with(regimes),
                models,
                Stream.concat(testbeds.stream(), elsewhere.stream()).toList(),
                List.copyOf(found));
    }

    /** Trust in the figures of this target and metric. */
    public Trust trust(String target, String metric) {
        return SeriesTrust.in(trust, target, metric)
                .orElseGet(() ->
                        Trust.unknown("the results hold no figure of this target and metric"));
    }

    /** Figures that may not be believed. Everything that shows them must say so. */
    public List<SeriesTrust> doubtful() {
        return trust.stream()
                .filter(found -> !found.trust().believed())
                .filter(found ->
                        series.stream().anyMatch(s -> found.speaksOf(s.target(), s.metric())))
                .toList();
    }

    /** Operations in the order of the bounds, then those that were only measured. */
    public SequencedSet<String> operations() {
        return Stream.concat(
                        verdicts.stream().map(StoredVerdict::operation),
                        series.stream().map(StoredSeries::operation))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    public List<StoredVerdict> verdictsOn(String operation) {
        return verdicts.stream().filter(v -> v.operation().equals(operation)).toList();
    }

    /** The same campaign with only some of its series. */
    public StoredCampaign only(Predicate<StoredSeries> wanted) {
        return having(series.stream().filter(wanted).toList(), context, others, testbeds, trust);
    }

    /** The same campaign with another context. */
    public StoredCampaign with(Context other) {
        return having(series, other, others, testbeds, trust);
    }

    private StoredCampaign having(
            List<StoredSeries> newSeries,
            Context newContext,
            List<StoredVerdict> newOthers,
            List<OtherTestbed> newTestbeds,
            List<SeriesTrust> newTrust) {
        return new StoredCampaign(
                provenance,
                facts,
                repetition,
                repeats,
                rejected,
                estimateError,
                verdicts,
                newSeries,
                newContext,
                newOthers,
                newTestbeds,
                newTrust);
    }

    /** Verdicts that may hold a model of the operation's benchmarks. */
    public List<StoredVerdict> modelsOn(String operation) {
        return Stream.concat(verdicts.stream(), others.stream())
                .filter(v -> v.operation().equals(operation))
                .toList();
    }

    public List<StoredSeries> seriesOf(String operation) {
        return series.stream().filter(s -> s.operation().equals(operation)).toList();
    }

    /** Number of verdicts of each kind that occurs. */
    public SequencedMap<VerdictKind, Long> counts() {
        SequencedMap<VerdictKind, Long> counts = new LinkedHashMap<>();
        for (VerdictKind kind : VerdictKind.values()) {
            long count = verdicts.stream().filter(v -> v.verdict() == kind).count();
            if (count > 0) {
                counts.put(kind, count);
            }
        }
        return counts;
    }

    /** {@code 5 HOLDS, 1 LOOSE}. */
    public String countsInWords() {
        return counts().entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Targets of the series and the verdicts. */
    public SequencedSet<String> targets() {
        return Stream.concat(
                        series.stream().map(StoredSeries::target),
                        verdicts.stream().map(StoredVerdict::target))
                .filter(target -> !target.isEmpty())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    /** Metrics that were measured. */
    public SequencedSet<String> metrics() {
        return series.stream()
                .map(StoredSeries::metric)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }
}
