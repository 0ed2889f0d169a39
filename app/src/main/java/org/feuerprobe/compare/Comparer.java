package org.feuerprobe.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.FalseDiscovery;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;

/**
 * Comparer of two campaigns. Costs whose counts repeat exactly are compared by {@link ExactRule}.
 * Other costs are compared by {@link TimedRule}, which controls the false-discovery rate over all
 * of them.
 */
public final class Comparer {
    /** False-discovery rate: the share of reported changes that may be none. */
    private static final double SHARE = 0.01;

    /** An interval of the ratio that reaches further leaves open whether the cost changed. */
    private static final double WIDE = 1.1;

    /** Number of bounds that a note names. */
    private static final int NAMED = 5;

    private final double least;

    /**
     * Makes a comparer.
     *
     * @param least the smallest relative change of a timed cost that matters: 0.01 is 1 %
     */
    public Comparer(double least) {
        this.least = least;
    }

    private record Key(
            String operation,
            String benchmark,
            String target,
            String metric,
            SequencedMap<String, Long> at) {
        @Override
        public String toString() {
            return "%s %s %s on %s".formatted(benchmark, at, metric, target);
        }
    }

    public Comparison compare(LabelledCampaign base, LabelledCampaign now) {
        boolean exact = base.manifest().exact() && now.manifest().exact();
        boolean oneTarget = oneTarget(base, now);
        Map<Key, Measurement> before = keyed(measurements(base, exact), oneTarget);
        Map<Key, Measurement> after = keyed(measurements(now, exact), oneTarget);
        return of(
                base,
                now,
                points(before, after, exact).stream()
                        .map(point -> trusted(point, base.campaign(), now.campaign()))
                        .toList(),
                missing(before, after),
                missing(after, before));
    }

    /** Compares only what was decided, that is, models and verdicts, without the points. */
    public static Comparison decisions(LabelledCampaign base, LabelledCampaign now) {
        return of(base, now, List.of(), List.of(), List.of());
    }

    private static Comparison of(
            LabelledCampaign base,
            LabelledCampaign now,
            List<PointChange> points,
            List<String> onlyBase,
            List<String> onlyNew) {
        List<String> otherClaims = otherClaims(base.campaign(), now.campaign());
        return new Comparison(
                base,
                now,
                TestbedRule.differences(base.manifest(), now.manifest()),
                points,
                models(base, now),
                verdicts(base.campaign(), now.campaign()),
                otherClaims,
                onlyBase,
                onlyNew,
                notes(base, now, otherClaims));
    }

    /**
     * Compares only the costs of two kernels on one target. A point that one side lacks is omitted.
     */
    public List<PointChange> compare(List<Measurement> base, List<Measurement> now, boolean exact) {
        return points(keyed(base, true), keyed(now, true), exact);
    }

    private List<PointChange> points(
            Map<Key, Measurement> before, Map<Key, Measurement> after, boolean exact) {
        List<PointChange> points = new ArrayList<>();
        before.forEach((key, measurement) -> {
            Measurement other = after.get(key);
            if (other != null) {
                points.add(
                        exact
                                ? ExactRule.compare(measurement, other)
                                : TimedRule.compare(measurement, other));
            }
        });
        return exact ? points : believed(points);
    }

    /** Leaves a point open if a figure in it may not be believed. */
    private static PointChange trusted(PointChange point, StoredCampaign base, StoredCampaign now) {
        Trust before = base.trust(point.base().target(), point.base().metric());
        Trust after = now.trust(point.now().target(), point.now().metric());
        Trust both = after.and(before);
        return both.believed() ? point : point.doubted(both.text());
    }

    private static List<String> missing(Map<Key, Measurement> of, Map<Key, Measurement> in) {
        return of.keySet().stream().filter(key -> !in.containsKey(key)).map(Key::toString).toList();
    }

    /**
     * The points of a side. If counts repeat exactly, times are omitted, because they do not
     * repeat.
     */
    private static List<Measurement> measurements(LabelledCampaign side, boolean exact) {
        return side.campaign().series().stream()
                .filter(series -> !exact || !Metric.of(series.metric()).timed())
                .flatMap(series -> series.points().stream())
                .toList();
    }

    /**
     * Whether each side has one target. Its name is then ignored, so that two targets can be
     * compared.
     */
    private static boolean oneTarget(LabelledCampaign base, LabelledCampaign now) {
        return base.campaign().targets().size() == 1 && now.campaign().targets().size() == 1;
    }

    private static Map<Key, Measurement> keyed(List<Measurement> points, boolean oneTarget) {
        Map<Key, Measurement> keyed = new LinkedHashMap<>();
        for (Measurement point : points) {
            keyed.put(
                    new Key(
                            point.operation(),
                            point.benchmark(),
                            oneTarget ? "" : point.target(),
                            point.metric(),
                            point.parameters()),
                    point);
        }
        return keyed;
    }

    private List<PointChange> believed(List<PointChange> points) {
        double[] adjusted =
                FalseDiscovery.adjusted(
                        points.stream().mapToDouble(point -> point.p().orElse(1)).toArray());
        List<PointChange> decided = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            PointChange point = points.get(i);
            decided.add(
                    point.ratio().isEmpty()
                            ? point
                            : decide(point, point.ratio().get(), adjusted[i]));
        }
        return decided;
    }

    private PointChange decide(PointChange point, Estimate ratio, double share) {
        if (share <= SHARE && ratio.value() >= 1 + least) {
            return point.with(Direction.WORSE, "");
        }
        if (share <= SHARE && ratio.value() <= 1 / (1 + least)) {
            return point.with(Direction.BETTER, "");
        }
        return ratio.high() > WIDE || ratio.low() < 1 / WIDE
                ? point.with(Direction.OPEN, "the interval is too wide: measure more boots")
                : point.with(Direction.SAME, "");
    }

    private static List<ModelChange> models(LabelledCampaign base, LabelledCampaign now) {
        boolean exact = base.manifest().exact() && now.manifest().exact();
        Map<List<String>, Optional<StoredModel>> before = models(base.campaign(), exact);
        List<ModelChange> changes = new ArrayList<>();
        models(now.campaign(), exact)
                .forEach((key, model) -> {
                    Optional<StoredModel> old = before.get(key);
                    if (old != null) {
                        ModelChange.of(key.get(0), key.get(1), old, model).ifPresent(changes::add);
                    }
                });
        return changes;
    }

    /**
     * The model of each operation's benchmark: the first one in the evidence of a verdict. A claim
     * that limits a statistic needs no model, so a missing one there does not mean that no model
     * was found.
     */
    private static Map<List<String>, Optional<StoredModel>> models(
            StoredCampaign campaign, boolean exact) {
        Map<List<String>, Optional<StoredModel>> models = new LinkedHashMap<>();
        for (StoredVerdict verdict : campaign.verdicts()) {
            if (exact && Metric.of(verdict.metric()).timed()) {
                continue;
            }
            for (StoredVerdict.Evidence evidence : verdict.evidence()) {
                if (evidence.model().isPresent() || !verdict.absolute()) {
                    models.merge(
                            List.of(verdict.operation(), evidence.benchmark()),
                            evidence.model(),
                            (first, second) -> first.or(() -> second));
                }
            }
        }
        return models;
    }

    private static List<VerdictChange> verdicts(StoredCampaign base, StoredCampaign now) {
        Map<String, StoredVerdict> before = byBound(base);
        List<VerdictChange> changes = new ArrayList<>();
        for (StoredVerdict verdict : now.verdicts()) {
            StoredVerdict old = before.get(verdict.bound());
            if (old != null
                    && old.claim().equals(verdict.claim())
                    && old.verdict() != verdict.verdict()) {
                changes.add(new VerdictChange(old, verdict));
            }
        }
        return changes;
    }

    private static List<String> otherClaims(StoredCampaign base, StoredCampaign now) {
        Map<String, StoredVerdict> before = byBound(base);
        return now.verdicts().stream()
                .filter(v ->
                        before.containsKey(v.bound())
                                && !before.get(v.bound()).claim().equals(v.claim()))
                .map(StoredVerdict::bound)
                .toList();
    }

    private static Map<String, StoredVerdict> byBound(StoredCampaign campaign) {
        Map<String, StoredVerdict> verdicts = new LinkedHashMap<>();
        campaign.verdicts().forEach(verdict -> verdicts.put(verdict.bound(), verdict));
        return verdicts;
    }

    private static List<String> notes(
            LabelledCampaign base, LabelledCampaign now, List<String> otherClaims) {
        List<String> notes = new ArrayList<>();
        if (!base.manifest().compiler().equals(now.manifest().compiler())) {
            notes.add(
                    "the kernels were built differently: %s; %s"
                            .formatted(base.manifest().compiler(), now.manifest().compiler()));
        }
        if (!base.campaign().provenance().version().equals(now.campaign().provenance().version())) {
            notes.add(
                    "Feuerprobe %s decided the one, %s the other"
                            .formatted(
                                    base.campaign().provenance().version(),
                                    now.campaign().provenance().version()));
        }
        int others = otherClaims.size();
        if (others > 0) {
            notes.add(
                    "%d bound%s something else than before, so %s left out: %s%s"
                            .formatted(
                                    others,
                                    others == 1 ? " claims" : "s claim",
                                    others == 1 ? "its verdict is" : "their verdicts are",
                                    String.join(
                                            ", ", otherClaims.subList(0, Math.min(NAMED, others))),
                                    others > NAMED ? ", …" : ""));
        }
        return notes;
    }
}
