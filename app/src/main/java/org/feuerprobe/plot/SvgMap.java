package org.feuerprobe.plot;

import java.util.Arrays;
import org.feuerprobe.plot.Plot.Layer;

/**
 * Writer of a heat map as SVG. Each pair of values has a cell with its number; larger costs are
 * darker, on a logarithmic scale.
 */
final class SvgMap {
    private static final int WIDTH = 440;
    private static final int LEFT = 70;
    private static final int TOP = 8;
    private static final int BOTTOM = 40;
    private static final int CELL_HEIGHT = 26;
    private static final int SHADES = 8;

    private SvgMap() {}

    static String of(Plot plot) {
        Layer cells = plot.layers().getFirst();
        double[] columns = Arrays.stream(cells.x()).distinct().sorted().toArray();
        double[] rows = Arrays.stream(cells.y()).distinct().sorted().toArray();
        double width = (double) (WIDTH - LEFT - 8) / columns.length;
        int height = TOP + rows.length * CELL_HEIGHT + BOTTOM;
        Plot.Range range = Plot.Range.of(cells.z(), true);
        boolean flat = Arrays.stream(cells.z()).distinct().count() < 2;
        StringBuilder svg = new StringBuilder(SvgPlot.open(plot, WIDTH, height));
        for (int i = 0; i < cells.x().length; i++) {
            int column = Arrays.binarySearch(columns, cells.x()[i]);
            int row = Arrays.binarySearch(rows, cells.y()[i]);
            double left = LEFT + column * width;
            double top = TOP + (double) (rows.length - 1 - row) * CELL_HEIGHT;
            double value = cells.z()[i];
            int shade =
                    flat || value <= 0
                            ? 0
                            : (int)
                                    Math.min(
                                            SHADES - 1,
                                            SHADES
                                                    * Math.log(value / range.from())
                                                    / Math.log(range.to() / range.from()));
            svg.append(
                    "<g class=\"cell shade-%d\"><rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%d\"/><text text-anchor=\"middle\" x=\"%s\" y=\"%s\">%s</text></g>\n"
                            .formatted(
                                    shade,
                                    SvgPlot.px(left),
                                    SvgPlot.px(top),
                                    SvgPlot.px(width - 1),
                                    CELL_HEIGHT - 1,
                                    SvgPlot.px(left + width / 2),
                                    SvgPlot.px(top + 17),
                                    Scale.label(value)));
        }
        labels(svg, plot, columns, rows, width, height);
        return svg.append("</svg>").toString();
    }

    private static void labels(
            StringBuilder svg,
            Plot plot,
            double[] columns,
            double[] rows,
            double width,
            int height) {
        for (int i = 0; i < columns.length; i++) {
            svg.append(
                    "<text text-anchor=\"middle\" x=\"%s\" y=\"%d\">%s</text>\n"
                            .formatted(
                                    SvgPlot.px(LEFT + (i + 0.5) * width),
                                    height - BOTTOM + 15,
                                    Scale.label(columns[i])));
        }
        for (int i = 0; i < rows.length; i++) {
            svg.append(
                    "<text text-anchor=\"end\" x=\"%d\" y=\"%s\">%s</text>\n"
                            .formatted(
                                    LEFT - 6,
                                    SvgPlot.px(TOP + (rows.length - 1 - i + 0.65) * CELL_HEIGHT),
                                    Scale.label(rows[i])));
        }
        svg.append(
                "<text class=\"axis\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">%s</text>\n"
                        .formatted(
                                (LEFT + WIDTH) / 2, height - 6, SvgPlot.escape(plot.x().label())));
        svg.append(
                "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(12 %d) rotate(-90)\">%s</text>\n"
                        .formatted((height - BOTTOM) / 2, SvgPlot.escape(plot.y().label())));
    }
}
