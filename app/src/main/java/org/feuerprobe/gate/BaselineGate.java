package org.feuerprobe.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Numbers;

/** Comparer of measured counts with a baseline. */
public final class BaselineGate {
    private static final int NAMED = 5;

    private BaselineGate() {}

    /**
     * Makes one finding for each point. If the identities differ, the counts cannot be compared,
     * and a single finding says so.
     *
     * @param whole whether everything was measured that the baseline can contain
     */
    public static GateResult judge(
            Baseline baseline,
            Map<String, String> measuredBy,
            List<PointCounts> measured,
            boolean whole) {
        List<String> differences = baseline.differences(measuredBy);
        if (!differences.isEmpty()) {
            return unknown(
                    "counts are not comparable with the baseline's: "
                            + String.join("; ", differences));
        }
        List<PointCounts> other = baseline.otherWork(measured);
        if (!other.isEmpty()) {
            PointCounts first = other.getFirst();
            return unknown(
                    "measured with other seeds or numbers of values than the baseline, at %s, first %s: %s"
                            .formatted(
                                    Numbers.counted(other.size(), "point"),
                                    first.name(),
                                    first.work()));
        }
        Map<String, CountChange> changes =
                baseline.changes(measured).stream()
                        .collect(
                                Collectors.toMap(
                                        change -> change.now().name(),
                                        change -> change,
                                        (first, _) -> first,
                                        LinkedHashMap::new));
        List<Finding> findings = new ArrayList<>();
        List<PointCounts> added = baseline.added(measured);
        for (PointCounts point : measured) {
            CountChange change = changes.get(point.name());
            if (change != null) {
                findings.add(changed(change));
            } else if (!added.contains(point)) {
                findings.add(
                        finding(Finding.Outcome.PASSED, point, "as in the baseline", Map.of(), 0));
            }
        }
        List<PointCounts> missing = baseline.missing(measured);
        List<String> notes = new ArrayList<>();
        if (whole) {
            missing.forEach(point ->
                    findings.add(
                            finding(
                                    Finding.Outcome.FAILED,
                                    point,
                                    "gone: the baseline has it, and it was not measured",
                                    Map.of("change", "gone"),
                                    Double.MAX_VALUE)));
        } else if (!missing.isEmpty()) {
            notes.add(listFirst("of the baseline not measured", missing));
        }
        if (!added.isEmpty()) {
            notes.add(listFirst("not in the baseline yet: accept them", added));
        }
        return new GateResult(findings, notes);
    }

    private static GateResult unknown(String why) {
        return new GateResult(
                List.of(
                        new Finding(
                                Finding.Suite.CHANGES,
                                Finding.Outcome.SKIPPED,
                                "baseline",
                                why,
                                new LinkedHashMap<>(),
                                0)),
                List.of());
    }

    private static Finding changed(CountChange change) {
        String word = GateResult.word(change.kind());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("change", word);
        values.put("statistic", change.statistic());
        values.put("before", Finding.number(change.before()));
        values.put("after", Finding.number(change.after()));
        values.put("by", Finding.number(change.size()));
        String what =
                change.kind() == CountChange.Kind.MOVED
                        ? "single values differ; mean and maximum do not"
                        : "%s %s"
                                .formatted(
                                        change.statistic(),
                                        Finding.change(change.before(), change.after()));
        double weight =
                switch (change.kind()) {
                    case WORSE -> 1 + Math.abs(change.size()) / Math.max(1, change.before());
                    case MOVED -> 0.5;
                    case BETTER -> 0;
                };
        return finding(Finding.Outcome.FAILED, change.now(), word + ": " + what, values, weight);
    }

    private static Finding finding(
            Finding.Outcome outcome,
            PointCounts point,
            String message,
            Map<String, String> values,
            double weight) {
        SequencedMap<String, String> properties = new LinkedHashMap<>();
        properties.put("operation", point.operation());
        properties.put("benchmark", point.benchmark());
        properties.put("point", point.point());
        properties.put("metric", Metric.INSTRUCTIONS.name());
        properties.putAll(values);
        return new Finding(
                Finding.Suite.CHANGES, outcome, point.name(), message, properties, weight);
    }

    private static String listFirst(String what, List<PointCounts> points) {
        return String.format(
                Locale.ROOT,
                "%s %s: %s%s",
                Numbers.counted(points.size(), "point"),
                what,
                points.stream()
                        .map(PointCounts::benchmark)
                        .distinct()
                        .limit(NAMED)
                        .collect(Collectors.joining(", ")),
                points.stream().map(PointCounts::benchmark).distinct().count() > NAMED
                        ? ", …"
                        : "");
    }
}
