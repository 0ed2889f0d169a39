package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Point;

/**
 * Counts that vary within points, and what they show about the worst case. The largest values show
 * the worst case if a known share of all calls has them. That share must be the same at every point
 * ({@value #SIGNIFICANCE} by Pearson's chi-square test), and at least {@value #LEAST_SHARE}. A case
 * that is rarer at larger points might not occur there. So each point needs {@link #ENOUGH} values,
 * also where no count varies but cost falls suddenly: the samples may have missed the rare case.
 */
record VaryingCounts(List<Place> places) {
    private static final double LEAST_SHARE = 0.03;
    private static final int FEWEST = 3;
    private static final double SIGNIFICANCE = 0.01;

    /** Number of values that contain a case of the least share with 95 % confidence. */
    static final int ENOUGH =
            (int) Math.ceil(Math.log(1 - Thresholds.LEVEL) / Math.log(1 - LEAST_SHARE));

    /** A fall between neighbouring points to less than this share of the cost is sudden. */
    private static final double SUDDEN = 2.0 / 3;

    /**
     * One point: its largest value, how many values equal it ({@code dear}), and how many there
     * are.
     */
    private record Place(Map<String, Double> at, double largest, int dear, int values) {
        boolean varies() {
            return dear < values;
        }

        double share() {
            return (double) dear / values;
        }

        /**
         * Whether a rare case may be missing: more than one value was taken, but too few for it. A
         * single value per point states that the count repeats.
         */
        boolean few() {
            return values > 1 && values < ENOUGH;
        }

        /** Grows with every parameter. */
        double size() {
            return at.values().stream().mapToDouble(Math::log1p).sum();
        }

        boolean notBelow(Place other) {
            return at.entrySet().stream()
                    .allMatch(e -> e.getValue() >= other.at.getOrDefault(e.getKey(), 0.0));
        }

        @Override
        public String toString() {
            return Numbers.point(new TreeMap<>(at));
        }
    }

    static VaryingCounts of(DataSet data) {
        Map<Map<String, Double>, List<Double>> joined = new LinkedHashMap<>();
        for (Point point : data.points()) {
            List<Double> values =
                    joined.computeIfAbsent(point.parameters(), _ -> new ArrayList<>());
            Arrays.stream(point.values()).forEach(values::add);
        }
        List<Place> places = new ArrayList<>();
        joined.forEach((at, values) -> {
            double largest = values.stream().mapToDouble(v -> v).max().orElseThrow();
            int dear = (int) values.stream().filter(v -> v == largest).count();
            places.add(new Place(at, largest, dear, values.size()));
        });
        return new VaryingCounts(List.copyOf(places));
    }

    boolean any() {
        return places.stream().anyMatch(Place::varies);
    }

    /** Whether no value varies here, and none of the other's values is larger at the same point. */
    boolean forces(VaryingCounts other) {
        return !any()
                && other.places.stream()
                        .allMatch(seen ->
                                places.stream()
                                        .anyMatch(own ->
                                                own.at().equals(seen.at())
                                                        && own.largest() >= seen.largest()));
    }

    /** The data with only the largest value of each point. */
    DataSet largest(DataSet data) {
        List<Point> points =
                places.stream()
                        .map(p -> new Point(p.at(), List.of(new double[] {p.largest()})))
                        .toList();
        return new DataSet(data.name(), data.metric(), data.exact(), points);
    }

    /**
     * Corrects a decision on the largest values. They can refute a claim, but confirm it only if
     * their share is known.
     */
    Decision worstCase(Decision seen) {
        Optional<String> unknown = unknownShare();
        if (seen.kind() == VerdictKind.VIOLATED) {
            return seen.uncertified(seen.kind(), seen.confidence(), seen.reason());
        }
        if (unknown.isPresent()) {
            String why =
                    "counts vary within points and the worst case may not have been seen: %s. Measure it with a benchmark that forces the expensive case in every repetition, or claim the mean: 'mean O(...)'"
                            .formatted(unknown.get());
            return open(
                    seen, why, 0, "a benchmark that forces the expensive case in every repetition");
        }
        Optional<Place> few = places.stream().filter(p -> p.values() < ENOUGH).findFirst();
        if (few.isPresent()) {
            String why =
                    "counts vary within points, and %s at %s may not contain the worst case: that takes %d values"
                            .formatted(
                                    Numbers.counted(few.get().values(), "value"),
                                    few.get(),
                                    ENOUGH);
            return open(seen, why, ENOUGH, why);
        }
        double confidence = Math.min(seen.confidence().orElse(1.0), confidence());
        return seen.uncertified(
                seen.kind(),
                Optional.of(confidence),
                seen.reason() + "; counts vary, and this is the largest of each point");
    }

    /**
     * Leaves a decision on counts that do not vary open if {@link #fall} is present. The counts can
     * still refute a claim.
     */
    Decision unlessHidden(Decision seen) {
        boolean keeps = seen.kind() == VerdictKind.HOLDS || seen.kind() == VerdictKind.LOOSE;
        return keeps ? fall().map(why -> open(seen, why, ENOUGH, why)).orElse(seen) : seen;
    }

    private static Decision open(Decision seen, String why, long values, String needed) {
        return seen.uncertified(VerdictKind.INCONCLUSIVE, Optional.of(0.5), why)
                .asking(new Advice(List.of(), 0, values, needed));
    }

    /** Whether each point always has its count, and no rare case can be missing at any. */
    boolean certain() {
        return !any() && fall().isEmpty();
    }

    /**
     * A sudden fall of the cost between neighbouring points, if the lower point has too few values.
     * A case that is certain at the smaller point may be rare at the larger one.
     */
    Optional<String> fall() {
        for (Place place : places) {
            Optional<Place> before =
                    place.few()
                            ? places.stream()
                                    .filter(p -> !p.equals(place) && place.notBelow(p))
                                    .max(Comparator.comparingDouble(Place::size))
                            : Optional.empty();
            if (before.isPresent() && place.largest() < SUDDEN * before.get().largest()) {
                return Optional.of(
                        "cost falls from %s at %s to %s at %s, where %d values may not contain a rare expensive case: that takes %d values"
                                .formatted(
                                        Numbers.plain(before.get().largest()),
                                        before.get(),
                                        Numbers.plain(place.largest()),
                                        place,
                                        place.values(),
                                        ENOUGH));
            }
        }
        return Optional.empty();
    }

    /** Why the share of the largest values is not known; empty if it is known. */
    Optional<String> unknownShare() {
        List<Place> varying = places.stream().filter(Place::varies).toList();
        for (Place place : places) {
            Optional<Place> smaller = varying.stream().filter(place::notBelow).findFirst();
            if (!place.varies() && smaller.isPresent()) {
                return Optional.of(
                        "all values are equal at %s, but not at %s"
                                .formatted(place, smaller.get()));
            }
        }
        for (Place place : varying) {
            if (place.dear() < FEWEST || place.share() < LEAST_SHARE) {
                return Optional.of(
                        "the largest value at %s is %d of %d"
                                .formatted(place, place.dear(), place.values()));
            }
        }
        return alike(varying)
                ? Optional.empty()
                : Optional.of("the share of the largest values differs from point to point");
    }

    private static boolean alike(List<Place> varying) {
        double all = varying.stream().mapToInt(Place::values).sum();
        double share = varying.stream().mapToInt(Place::dear).sum() / all;
        double square =
                varying.stream()
                        .mapToDouble(p ->
                                Math.pow(p.dear() - share * p.values(), 2)
                                        / (p.values() * share * (1 - share)))
                        .sum();
        return varying.size() < 2
                || ChiSquaredDistribution.of(varying.size() - 1).survivalProbability(square)
                        >= SIGNIFICANCE;
    }

    /** Probability that a case with a share of {@value #LEAST_SHARE} occurred at every point. */
    double confidence() {
        int fewest = places.stream().mapToInt(Place::values).min().orElse(0);
        return 1 - Math.pow(1 - LEAST_SHARE, fewest);
    }
}
