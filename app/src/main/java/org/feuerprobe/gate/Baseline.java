package org.feuerprobe.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Accepted counts. Another compiler, linker, flag, emulator or variant of the kernel gives other
 * counts, so a baseline applies to one identity only.
 *
 * @param identity facts that determine the counts, by name
 * @param accepted the accepted changes with their reasons, oldest first
 * @param points one for each benchmark and point
 */
public record Baseline(
        SequencedMap<String, String> identity,
        List<Acceptance> accepted,
        List<PointCounts> points) {
    private static final int KEPT = 20;
    private static final int NAMED = 5;

    /** An accepted change. */
    public record Acceptance(String date, String why, String summary) {}

    public Baseline {
        identity = new LinkedHashMap<>(identity);
        accepted = List.copyOf(accepted);
        points = List.copyOf(points);
    }

    /** {@code compiler: "A" and "B"} for each part of the identity that differs. */
    public List<String> differences(Map<String, String> other) {
        TreeSet<String> names = new TreeSet<>(identity.keySet());
        names.addAll(other.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(identity.get(name), other.get(name)))
                .map(name ->
                        "%s: \"%s\" and \"%s\""
                                .formatted(
                                        name,
                                        identity.getOrDefault(name, ""),
                                        other.getOrDefault(name, "")))
                .toList();
    }

    /**
     * The points whose counts differ, in the order of the baseline. One different value is enough.
     */
    public List<CountChange> changes(List<PointCounts> measured) {
        Map<String, PointCounts> now = byName(measured);
        List<CountChange> changes = new ArrayList<>();
        for (PointCounts old : points) {
            PointCounts other = now.get(old.name());
            if (other != null && !other.equals(old)) {
                changes.add(new CountChange(old, other));
            }
        }
        return changes;
    }

    /** Points that were measured with other seeds or numbers of values. */
    public List<PointCounts> otherWork(List<PointCounts> measured) {
        Map<String, PointCounts> old = byName(points);
        return measured.stream()
                .filter(point -> {
                    PointCounts before = old.get(point.name());
                    return before != null && !before.work().equals(point.work());
                })
                .toList();
    }

    /** Points of the baseline that were not measured. */
    public List<PointCounts> missing(List<PointCounts> measured) {
        return without(points, measured);
    }

    /** Points that the baseline lacks. */
    public List<PointCounts> added(List<PointCounts> measured) {
        return without(measured, points);
    }

    private static List<PointCounts> without(List<PointCounts> all, List<PointCounts> known) {
        Map<String, PointCounts> names = byName(known);
        return all.stream().filter(point -> !names.containsKey(point.name())).toList();
    }

    /** A new baseline with the measured points and the reason. */
    public Baseline accept(
            Map<String, String> measuredBy, List<PointCounts> measured, String date, String why) {
        List<Acceptance> reasons = new ArrayList<>(accepted);
        reasons.add(new Acceptance(date, why, summary(measuredBy, measured)));
        return new Baseline(
                new LinkedHashMap<>(measuredBy),
                reasons.subList(Math.max(0, reasons.size() - KEPT), reasons.size()),
                measured);
    }

    private String summary(Map<String, String> measuredBy, List<PointCounts> measured) {
        if (points.isEmpty()) {
            return "first: %d points".formatted(measured.size());
        }
        if (!differences(measuredBy).isEmpty()) {
            return "another identity: " + String.join("; ", differences(measuredBy));
        }
        List<CountChange> changes = changes(measured);
        Map<CountChange.Kind, Long> counts =
                changes.stream()
                        .collect(Collectors.groupingBy(CountChange::kind, Collectors.counting()));
        String named =
                changes.stream()
                        .limit(NAMED)
                        .map(change ->
                                "%s %s → %s"
                                        .formatted(
                                                change.now().name(),
                                                Finding.number(change.before()),
                                                Finding.number(change.after())))
                        .collect(Collectors.joining(", "));
        return "%d worse, %d better, %d moved, %d new, %d gone%s%s"
                .formatted(
                        counts.getOrDefault(CountChange.Kind.WORSE, 0L),
                        counts.getOrDefault(CountChange.Kind.BETTER, 0L),
                        counts.getOrDefault(CountChange.Kind.MOVED, 0L),
                        added(measured).size(),
                        missing(measured).size(),
                        named.isEmpty() ? "" : ": " + named,
                        changes.size() > NAMED ? ", …" : "");
    }

    private static Map<String, PointCounts> byName(List<PointCounts> points) {
        return points.stream()
                .collect(
                        Collectors.toMap(
                                PointCounts::name,
                                Function.identity(),
                                (first, _) -> first,
                                LinkedHashMap::new));
    }
}
