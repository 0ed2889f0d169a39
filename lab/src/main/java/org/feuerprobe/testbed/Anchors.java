package org.feuerprobe.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What have others published of the same operations? Shown beside what is measured, never as a
 * ratio: another processor, clock or configuration is another machine.
 */
public final class Anchors {
    /** One published figure, with what it takes to read it. */
    public record Figure(
            String kernel,
            String operation,
            double value,
            String unit,
            String statistic,
            String cpu,
            String clock,
            String year,
            String configuration,
            String cache,
            String way,
            String source) {
        /** In a line. */
        public String text() {
            String number =
                    value == Math.rint(value)
                            ? Long.toString((long) value)
                            : Double.toString(value);
            return "%s: %s %s, %s, %s, %s caches (%s, %s, %s; %s)"
                    .formatted(
                            kernel,
                            number,
                            unit,
                            way,
                            statistic.equals("unstated") ? "statistic unstated" : statistic,
                            cache,
                            cpu,
                            clock.equals("unstated") ? "clock unstated" : clock,
                            year.equals("unstated") ? "year unstated" : year,
                            configuration);
        }
    }

    /** The warning that belongs with every anchor. */
    public static final String WARNING =
            "Published figures come from other processors, years and configurations: read them beside ours, not against ours.";

    private Anchors() {}

    /** All figures of the folder's files; strict, so that a misspelt key is seen. */
    public static List<Figure> read(Path folder) throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (Path file : StrictYaml.files(folder)) {
            StrictYaml yaml = StrictYaml.read(file);
            String kernel = yaml.text("kernel");
            String source = yaml.text("source");
            for (StrictYaml figure : yaml.list("figures")) {
                figures.add(
                        new Figure(
                                kernel,
                                figure.text("operation"),
                                figure.number("value"),
                                figure.text("unit"),
                                figure.text("statistic"),
                                figure.text("cpu"),
                                figure.text("clock"),
                                figure.text("year"),
                                figure.text("configuration"),
                                figure.text("cache"),
                                figure.text("way"),
                                source));
                figure.end();
            }
            yaml.end();
        }
        return List.copyOf(figures);
    }

    /** Figures of these operations. */
    public static List<Figure> of(List<Figure> all, List<String> operations) {
        return all.stream().filter(figure -> operations.contains(figure.operation())).toList();
    }
}
