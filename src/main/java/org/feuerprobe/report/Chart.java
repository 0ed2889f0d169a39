package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Summary;

/**
 * How does the cost grow, as a picture? An SVG of one benchmark: smallest, median and largest value
 * at each point over a logarithmic parameter axis, with the fitted line. Needs no script and takes
 * its colours from the page.
 */
final class Chart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 280;
    private static final int LEFT = 70;
    private static final int RIGHT = 30;
    private static final int TOP = 16;
    private static final int BOTTOM = 44;
    private static final int LINE_STEPS = 120;

    private final String parameter;
    private final List<Measurement> points;
    private final double from;
    private final double to;
    private final double top;

    private Chart(String parameter, List<Measurement> points) {
        this.parameter = parameter;
        this.points = points;
        this.from = points.stream().mapToDouble(this::at).min().orElse(1);
        this.to = Math.max(points.stream().mapToDouble(this::at).max().orElse(2), from * 2);
        this.top = niceAbove(points.stream().mapToDouble(p -> p.summary().max()).max().orElse(1));
    }

    /** The picture; {@code points} share their one parameter, which is positive. */
    static String svg(
            String title,
            String parameter,
            String unit,
            List<Measurement> points,
            List<CostModel> models) {
        return new Chart(parameter, points).draw(title, unit, models);
    }

    private String draw(String title, String unit, List<CostModel> models) {
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(WIDTH, HEIGHT, escape(title)));
        axes(svg, unit);
        for (CostModel model : models) {
            line(svg, model);
        }
        for (Measurement point : points) {
            point(svg, point, unit);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg, String unit) {
        for (int i = 0; i <= 4; i++) {
            double value = top * i / 4;
            double y = y(value);
            svg.append(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>\n"
                            .formatted(LEFT, WIDTH - RIGHT, px(y), px(y)));
            svg.append(
                    "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%s\">%s</text>\n"
                            .formatted(LEFT - 6, px(y + 4), Figures.number(value)));
        }
        double lastLabel = Double.NEGATIVE_INFINITY;
        for (double n : points.stream().mapToDouble(this::at).distinct().sorted().toArray()) {
            if (x(n) - lastLabel >= 52) {
                lastLabel = x(n);
                svg.append(
                        "<text class=\"tick\" text-anchor=\"middle\" x=\"%s\" y=\"%d\">%s</text>\n"
                                .formatted(px(x(n)), HEIGHT - BOTTOM + 18, Figures.number(n)));
            }
        }
        svg.append(
                "<text class=\"axis\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">%s (logarithmic)</text>\n"
                        .formatted((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, escape(parameter)));
        svg.append(
                "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(14 %d) rotate(-90)\">%s</text>\n"
                        .formatted((TOP + HEIGHT - BOTTOM) / 2, escape(unit)));
    }

    private void line(StringBuilder svg, CostModel model) {
        List<String> path = new ArrayList<>();
        for (int i = 0; i <= LINE_STEPS; i++) {
            double n = from * Math.pow(to / from, (double) i / LINE_STEPS);
            double cost = model.at(Map.of(parameter, n));
            if (cost >= 0 && cost <= top) {
                path.add(px(x(n)) + "," + px(y(cost)));
            }
        }
        svg.append("<polyline class=\"model\" points=\"%s\"/>\n".formatted(String.join(" ", path)));
    }

    private void point(StringBuilder svg, Measurement point, String unit) {
        Summary summary = point.summary();
        double x = x(at(point));
        svg.append(
                "<line class=\"spread\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>\n"
                        .formatted(px(x), px(x), px(y(summary.min())), px(y(summary.max()))));
        svg.append(
                "<circle class=\"sample\" cx=\"%s\" cy=\"%s\" r=\"3.5\"><title>%s = %s: median %s, "
                        .formatted(
                                px(x),
                                px(y(summary.median())),
                                escape(parameter),
                                Figures.number(at(point)),
                                Figures.number(summary.median())));
        svg.append(
                "min %s, max %s %s, n %d</title></circle>\n"
                        .formatted(
                                Figures.number(summary.min()),
                                Figures.number(summary.max()),
                                escape(unit),
                                summary.n()));
    }

    private double at(Measurement measurement) {
        Long value = measurement.parameters().get(parameter);
        return value == null ? 1 : Math.max(1, value);
    }

    private double x(double n) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.log(n / from) / Math.log(to / from);
    }

    private double y(double cost) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.min(Math.max(cost, 0), top) / top;
    }

    /** The next of 1, 2, 4, 5, 8, 10 times a power of ten, a little above the value. */
    private static double niceAbove(double value) {
        double above = Math.max(value, 1) * 1.05;
        double power = Math.pow(10, Math.floor(Math.log10(above)));
        for (double step : new double[] {1, 2, 4, 5, 8, 10}) {
            if (step * power >= above) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static String px(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
