package org.feuerprobe.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.feuerprobe.sample.Measurement;

/**
 * Where does cost step while work stays? Sets counted instructions beside modelled misses over a
 * benchmark's one parameter.
 */
public final class Regimes {
    /** Misses per call from which on a point counts as one with misses. */
    private static final double SOME = 0.05;

    private Regimes() {}

    /** One sentence a benchmark and counter of misses; empty where there is nothing to say. */
    public static String of(List<Measurement> work, List<Measurement> counted) {
        Map<String, List<Measurement>> misses =
                counted.stream()
                        .filter(m -> m.metric().endsWith("_misses"))
                        .filter(m -> m.parameters().size() == 1)
                        .collect(
                                Collectors.groupingBy(
                                        Measurement::benchmark,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        StringBuilder text = new StringBuilder();
        misses.forEach((benchmark, points) -> {
            List<Measurement> same =
                    work.stream().filter(m -> m.benchmark().equals(benchmark)).toList();
            text.append(benchmark).append(": ").append(worked(same));
            points.stream()
                    .collect(
                            Collectors.groupingBy(
                                    Measurement::metric, LinkedHashMap::new, Collectors.toList()))
                    .forEach((metric, over) -> text.append("\n    ").append(steps(metric, over)));
            text.append('\n');
        });
        return text.toString();
    }

    private static String worked(List<Measurement> work) {
        double least = work.stream().mapToDouble(m -> m.summary().min()).min().orElse(0);
        double most = work.stream().mapToDouble(m -> m.summary().max()).max().orElse(0);
        return least == most
                ? "O(1) in work, %s instructions at every point; regimes in cost:"
                        .formatted(Figures.number(least))
                : "%s to %s instructions; misses per call:"
                        .formatted(Figures.number(least), Figures.number(most));
    }

    private static String steps(String metric, List<Measurement> points) {
        String parameter = points.getFirst().parameters().firstEntry().getKey();
        List<Measurement> some =
                points.stream().filter(point -> point.summary().mean() >= SOME).toList();
        if (some.isEmpty()) {
            return metric + ": none at any point";
        }
        double largest = points.stream().mapToDouble(p -> p.summary().mean()).max().orElse(0);
        long from = some.getFirst().parameters().firstEntry().getValue();
        return String.format(
                Locale.ROOT,
                "%s: from %s=%d on, up to %.2f a call",
                metric,
                parameter,
                from,
                largest);
    }
}
