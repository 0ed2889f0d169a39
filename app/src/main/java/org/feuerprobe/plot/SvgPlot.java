package org.feuerprobe.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.feuerprobe.plot.Plot.Layer;
import org.feuerprobe.plot.Plot.Role;

/**
 * Writer of a chart as SVG. It needs no script and no font, and only the page's style: classes
 * {@code role-…} give the colours. Points that a reader could not distinguish are drawn once.
 */
public final class SvgPlot {
    private static final int WIDTH = 440;
    private static final int HEIGHT = 250;
    private static final int LEFT = 58;
    private static final int RIGHT = 16;
    private static final int TOP = 12;
    private static final int BOTTOM = 40;
    private static final int LABEL_GAP = 44;

    private final Plot plot;
    private final Scale x;
    private final Scale y;
    private final StringBuilder svg = new StringBuilder();

    private SvgPlot(Plot plot) {
        this.plot = plot;
        boolean bars = plot.layers().stream().anyMatch(l -> l.style() == Plot.Style.BARS);
        this.x =
                bars || plot.x().ticks().length > 0
                        ? Scale.tight(plot.x().log(), padded(plot), LEFT, WIDTH - RIGHT)
                        : Scale.tight(plot.x().log(), plot.rangeX(), LEFT, WIDTH - RIGHT);
        this.y = Scale.roomy(plot.y().log(), plot.rangeY(), HEIGHT - BOTTOM, TOP);
    }

    /** The picture without an XML declaration, to be embedded in a page. */
    public static String of(Plot plot) {
        return plot.isMap() ? SvgMap.of(plot) : new SvgPlot(plot).draw();
    }

    /** The range with room for marks at both ends. */
    private static Plot.Range padded(Plot plot) {
        Plot.Range range = plot.rangeX();
        if (plot.x().log()) {
            double pad = Math.pow(range.to() / range.from(), 0.02);
            return new Plot.Range(range.from() / pad, range.to() * pad);
        }
        double pad = (range.to() - range.from()) * 0.03;
        return new Plot.Range(range.from() - pad, range.to() + pad);
    }

    private String draw() {
        svg.append(open(plot, WIDTH, HEIGHT));
        axes();
        plot.layers().forEach(this::layer);
        return svg.append("</svg>").toString();
    }

    static String open(Plot plot, int width, int height) {
        return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(width, height, escape(plot.title() + ". " + plot.description()));
    }

    private void axes() {
        for (double tick : y.ticks()) {
            String place = px(y.place(tick));
            svg.append(
                    "<path class=\"grid\" d=\"M%d %sH%d\"/><text text-anchor=\"end\" x=\"%d\" y=\"%s\">%s</text>\n"
                            .formatted(
                                    LEFT,
                                    place,
                                    WIDTH - RIGHT,
                                    LEFT - 5,
                                    px(y.place(tick) + 4),
                                    Scale.label(tick)));
        }
        double last = Double.NEGATIVE_INFINITY;
        for (double tick : ticksX()) {
            double place = x.place(tick);
            if (place >= LEFT - 1 && place <= WIDTH - RIGHT + 1 && place - last >= LABEL_GAP) {
                last = place;
                svg.append(
                        "<path class=\"grid\" d=\"M%s %dv4\"/><text text-anchor=\"middle\" x=\"%s\" y=\"%d\">%s</text>\n"
                                .formatted(
                                        px(place),
                                        HEIGHT - BOTTOM,
                                        px(Math.min(place, WIDTH - 20)),
                                        HEIGHT - BOTTOM + 16,
                                        Scale.label(tick)));
            }
        }
        svg.append(
                "<text class=\"axis\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">%s</text>\n"
                        .formatted((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, title(plot.x())));
        svg.append(
                "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(11 %d) rotate(-90)\">%s</text>\n"
                        .formatted((TOP + HEIGHT - BOTTOM) / 2, title(plot.y())));
    }

    private List<Double> ticksX() {
        if (plot.x().ticks().length == 0) {
            return x.ticks();
        }
        List<Double> ticks = new ArrayList<>();
        for (double tick : plot.x().ticks()) {
            ticks.add(tick);
        }
        return ticks;
    }

    private static String title(Plot.Axis axis) {
        String label =
                axis.label().length() > 48 ? axis.label().substring(0, 47) + "…" : axis.label();
        return escape(label + (axis.log() ? " (log)" : ""));
    }

    private void layer(Layer layer) {
        switch (layer.style()) {
            case POINTS -> points(layer);
            case LINE, DASHED -> path(layer, false);
            case STEPS -> path(layer, true);
            case BARS -> bars(layer);
            case BAND -> band(layer);
            case SPREAD -> spread(layer);
            case VERTICAL -> {
                for (double value : layer.x()) {
                    if (x.shows(value)) {
                        drawn(
                                layer,
                                "M%s %dV%d".formatted(px(x.place(value)), HEIGHT - BOTTOM, TOP));
                    }
                }
            }
            case HORIZONTAL -> {
                for (double value : layer.y()) {
                    if (y.shows(value)) {
                        drawn(
                                layer,
                                "M%d %sH%d".formatted(LEFT, px(y.place(value)), WIDTH - RIGHT));
                    }
                }
            }
            case CELLS -> throw new IllegalStateException("a map is drawn by SvgMap");
        }
    }

    private void drawn(Layer layer, String path) {
        svg.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(styleClass(layer), path));
    }

    /** Draws points; points on the same pixel are drawn once. */
    private void points(Layer layer) {
        StringBuilder path = new StringBuilder();
        var seen = new java.util.HashSet<Long>();
        for (int i = 0; i < layer.x().length; i++) {
            if (y.shows(layer.y()[i]) && (!plot.x().log() || layer.x()[i] > 0)) {
                double px = x.place(layer.x()[i]);
                double py = y.place(layer.y()[i]);
                if (seen.add(Math.round(px) * 10_000 + Math.round(py))) {
                    path.append('M').append(px(px)).append(' ').append(px(py)).append("h0");
                }
            }
        }
        drawn(layer, path.toString());
    }

    private void path(Layer layer, boolean steps) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < layer.x().length; i++) {
            double value = layer.y()[i];
            boolean usable = Double.isFinite(value) && (!plot.y().log() || value > 0);
            if (!usable || (layer.role() == Role.BOUND && !y.shows(value) && !pen)) {
                pen = false;
                continue;
            }
            String px = px(x.place(layer.x()[i]));
            String py = px(y.inside(value));
            path.append(
                    pen
                            ? (steps ? "H" + px + "V" + py : "L" + px + " " + py)
                            : "M" + px + " " + py);
            pen = y.shows(value) || layer.role() != Role.BOUND;
        }
        drawn(layer, path.toString());
    }

    private void bars(Layer layer) {
        StringBuilder path = new StringBuilder();
        double floor = y.inside(plot.y().log() ? y.from() : Math.max(0, y.from()));
        for (int i = 0; i < layer.x().length; i++) {
            double left = x.place(layer.x()[i]);
            double right = Math.max(x.place(layer.z()[i]), left + 1);
            path.append(
                    "M%s %sV%sH%sV%s"
                            .formatted(
                                    px(left),
                                    px(floor),
                                    px(y.inside(layer.y()[i])),
                                    px(right),
                                    px(floor)));
        }
        drawn(layer, path.toString());
    }

    private void band(Layer layer) {
        StringBuilder path = new StringBuilder();
        int n = layer.x().length;
        for (int i = 0; i < 2 * n; i++) {
            int at = i < n ? i : 2 * n - 1 - i;
            double value = i < n ? layer.y()[at] : layer.z()[at];
            path.append(i == 0 ? 'M' : 'L')
                    .append(px(x.place(layer.x()[at])))
                    .append(' ')
                    .append(px(y.inside(value)));
        }
        drawn(layer, path.append(n == 0 ? "" : "Z").toString());
    }

    private void spread(Layer layer) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < layer.x().length; i++) {
            path.append(
                    "M%s %sV%s"
                            .formatted(
                                    px(x.place(layer.x()[i])),
                                    px(y.inside(layer.y()[i])),
                                    px(y.inside(layer.z()[i]))));
        }
        drawn(layer, path.toString());
    }

    private static String styleClass(Layer layer) {
        return "role-%s style-%s"
                .formatted(
                        layer.role().name().toLowerCase(Locale.ROOT),
                        layer.style().name().toLowerCase(Locale.ROOT));
    }

    static String px(double value) {
        long tenths = Math.round(value * 10);
        String whole = (tenths < 0 && tenths > -10 ? "-0" : Long.toString(tenths / 10));
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : whole + "." + Math.abs(tenths % 10);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
