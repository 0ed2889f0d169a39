package org.feuerprobe.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures that others have published for the same operations. Reports show them next to the
 * measured values but never as a ratio, because another processor, clock or configuration is
 * another machine.
 */
public final class Anchors {
    /** One published figure, with the conditions under which it was measured. */
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
        /** One line for people. */
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

    /** Warning to print with all published figures. */
    public static final String WARNING =
            "Published figures come from other processors, years and configurations: compare orders of magnitude only.";

    private Anchors() {}

    /**
     * Reads all figures from the folder's files. An unknown key is an error, so that spelling
     * mistakes are found.
     */
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

    /** The figures for these operations. */
    public static List<Figure> of(List<Figure> all, List<String> operations) {
        return all.stream().filter(figure -> operations.contains(figure.operation())).toList();
    }
}
