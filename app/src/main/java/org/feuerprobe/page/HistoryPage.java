package org.feuerprobe.page;

import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.feuerprobe.plot.Plot;
import org.feuerprobe.plot.Plot.Role;
import org.feuerprobe.plot.Plot.Style;
import org.feuerprobe.plot.SvgPlot;
import org.feuerprobe.sample.Numbers;

/**
 * A self-contained page of changes over runs. It shows every series with its chart and its changes
 * in words, and first those that became worse recently. Charts are drawn when they are opened;
 * without script they are SVG. A series of 70 runs takes about 4 kB.
 */
public final class HistoryPage {
    private HistoryPage() {}

    /**
     * Data for the template.
     *
     * @param runs names of the runs for the charts, escaped for a script element
     */
    public record Page(
            String headline, List<Group> groups, int series, String runs, PageParts parts) {
        /** A chart as SVG markup, made by {@link SvgPlot}. */
        public String svg(Plot plot) {
            return SvgPlot.of(plot);
        }
    }

    /** Series under a common heading. */
    public record Group(String anchor, String heading, List<Item> items) {}

    /** One series with its chart. */
    public record Item(SeriesHistory history, Plot plot, boolean open) {
        /** The newest change. */
        public SeriesHistory.Step last() {
            return history.changes().getLast();
        }
    }

    /**
     * The page as HTML.
     *
     * @param runs number of runs that were read
     */
    public static String html(List<SeriesHistory> series, int runs) {
        List<SeriesHistory> worse = with(series, HistoryPage::isNewlyWorse);
        List<SeriesHistory> changed = with(series, s -> !isNewlyWorse(s) && !s.changes().isEmpty());
        List<SeriesHistory> steady = with(series, s -> s.changes().isEmpty());
        List<Plot> plots = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        Map<String, Integer> of = new LinkedHashMap<>();
        Map<List<String>, Integer> lists = new LinkedHashMap<>();
        group(groups, plots, "worse", "Became worse in the newest runs", worse);
        group(groups, plots, "changed", "Changed, the latest first", changed);
        group(groups, plots, "steady", "No change found", steady);
        groups.stream()
                .flatMap(group -> group.items().stream())
                .forEach(item -> {
                    List<String> names =
                            item.history().runs().stream().map(SeriesHistory.Run::words).toList();
                    of.put(item.plot().id(), lists.computeIfAbsent(names, _ -> lists.size()));
                });
        int changes = series.stream().mapToInt(s -> s.changes().size()).sum();
        String headline =
                "%s series of %s runs: %s changes; %s became worse in the newest runs"
                        .formatted(
                                Numbers.grouped((long) series.size()),
                                Numbers.grouped((long) runs),
                                Numbers.grouped((long) changes),
                                worse.isEmpty() ? "none" : Numbers.grouped((long) worse.size()));
        StringOutput output = new StringOutput(1 << 20);
        PageParts.ENGINE.render(
                "history.jte",
                new Page(
                        headline,
                        groups,
                        series.size(),
                        PageData.json(Map.of("of", of, "lists", lists.keySet())),
                        PageParts.of(PageData.of(plots))),
                output);
        return output.toString();
    }

    private static boolean isNewlyWorse(SeriesHistory series) {
        return series.changes().stream().anyMatch(step -> step.isNew() && step.worse());
    }

    /** The wanted series, ordered by how recent their last change is, and then by its size. */
    private static List<SeriesHistory> with(
            List<SeriesHistory> series, java.util.function.Predicate<SeriesHistory> wanted) {
        return series.stream()
                .filter(wanted)
                .sorted(
                        Comparator.comparingInt(HistoryPage::age)
                                .thenComparingDouble(s -> -relative(s)))
                .toList();
    }

    private static int age(SeriesHistory series) {
        return series.changes().isEmpty()
                ? 0
                : series.runs().size() - series.changes().getLast().onset();
    }

    private static double relative(SeriesHistory series) {
        if (series.changes().isEmpty()) {
            return 0;
        }
        SeriesHistory.Step last = series.changes().getLast();
        double least = Math.min(Math.abs(last.before()), Math.abs(last.after()));
        return Math.abs(last.after() - last.before()) / Math.max(least, Double.MIN_NORMAL);
    }

    private static void group(
            List<Group> groups,
            List<Plot> plots,
            String anchor,
            String heading,
            List<SeriesHistory> series) {
        if (series.isEmpty()) {
            return;
        }
        List<Item> items = new ArrayList<>();
        for (SeriesHistory one : series) {
            Plot plot = plot("series-" + (plots.size() + 1), one);
            items.add(new Item(one, plot, plots.isEmpty()));
            plots.add(plot);
        }
        groups.add(
                new Group(
                        anchor,
                        heading + " (" + Numbers.grouped((long) items.size()) + ")",
                        items));
    }

    /**
     * The chart of a series. Runs count from 1, and a change's line stands where the new level
     * begins.
     */
    private static Plot plot(String id, SeriesHistory series) {
        double[] x = IntStream.rangeClosed(1, series.runs().size()).asDoubleStream().toArray();
        double[] y = series.runs().stream().mapToDouble(SeriesHistory.Run::value).toArray();
        List<Plot.Layer> layers = new ArrayList<>();
        layers.add(new Plot.Layer("run", Role.SAMPLE, Style.POINTS, x, y));
        if (!series.changes().isEmpty()) {
            layers.add(level(series));
            rule(layers, "became worse", Role.LIMIT, series, true);
            rule(layers, "became better", Role.MODEL, series, false);
        }
        int changes = series.changes().size();
        return new Plot(
                id,
                series.name(),
                changes == 0
                        ? "No change found."
                        : changes + (changes == 1 ? " change, " : " changes, ") + "listed below.",
                Plot.Axis.linear("run, the oldest first"),
                Plot.Axis.linear(""),
                layers);
    }

    private static Plot.Layer level(SeriesHistory series) {
        int n = series.changes().size();
        double[] x = new double[n + 2];
        double[] y = new double[n + 2];
        x[0] = 1;
        y[0] = series.changes().getFirst().before();
        for (int i = 0; i < n; i++) {
            x[i + 1] = series.changes().get(i).onset() + 1.0;
            y[i + 1] = series.changes().get(i).after();
        }
        x[n + 1] = series.runs().size();
        y[n + 1] = y[n];
        return new Plot.Layer("level", Role.MEDIAN, Style.STEPS, x, y);
    }

    private static void rule(
            List<Plot.Layer> layers, String name, Role role, SeriesHistory series, boolean worse) {
        double[] x =
                series.changes().stream()
                        .filter(step -> step.worse() == worse)
                        .mapToDouble(step -> step.onset() + 1.0)
                        .toArray();
        if (x.length > 0) {
            layers.add(new Plot.Layer(name, role, Style.VERTICAL, x, new double[0]));
        }
    }
}
