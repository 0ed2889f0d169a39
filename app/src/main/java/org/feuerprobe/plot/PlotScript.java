package org.feuerprobe.plot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.feuerprobe.plot.Plot.Layer;
import org.feuerprobe.sample.Numbers;

/**
 * Charts as a plotting script with data files. {@code gnuplot plot.gp} or {@code python3 plot.py},
 * run in their folder, writes {@code charts/<id>.svg} for every chart.
 */
public final class PlotScript {
    private PlotScript() {}

    /** The files by name, for gnuplot 5 or newer. */
    public static SequencedMap<String, String> gnuplot(String heading, List<Plot> plots) {
        SequencedMap<String, String> files = data(plots);
        files.putFirst("plot.gp", Gnuplot.script(heading, plots));
        return files;
    }

    /** The files by name, for Python 3 with matplotlib. */
    public static SequencedMap<String, String> matplotlib(String heading, List<Plot> plots) {
        SequencedMap<String, String> files = data(plots);
        files.putFirst("plot.py", Matplotlib.script(heading, plots));
        return files;
    }

    /**
     * One file per layer: columns x, y and z, separated by blanks; NaN stands for a missing value.
     */
    private static SequencedMap<String, String> data(List<Plot> plots) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        for (Plot plot : plots) {
            for (int i = 0; i < plot.layers().size(); i++) {
                Layer layer = plot.layers().get(i);
                int length = Math.max(layer.x().length, layer.y().length);
                StringBuilder text = new StringBuilder("# x y z\n");
                for (int row = 0; row < length; row++) {
                    text.append(at(layer.x(), row))
                            .append(' ')
                            .append(at(layer.y(), row))
                            .append(' ')
                            .append(at(layer.z(), row))
                            .append('\n');
                }
                files.put(file(plot, i), text.toString());
            }
        }
        return files;
    }

    static String file(Plot plot, int layer) {
        return "data/" + plot.id() + "-" + layer + ".dat";
    }

    static String number(double value) {
        return Double.isFinite(value) ? Numbers.plain(value) : "NaN";
    }

    private static String at(double[] values, int row) {
        return row < values.length ? number(values[row]) : "NaN";
    }

    /**
     * The colour of a role. Colours are readable on white, and colour-blind people can distinguish
     * them (Okabe and Ito).
     */
    static String colour(Plot.Role role) {
        return switch (role) {
            case SAMPLE -> "#6b7280";
            case MEDIAN -> "#000000";
            case MODEL -> "#0072b2";
            case BAND -> "#56b4e9";
            case BOUND -> "#d55e00";
            case LIMIT -> "#d55e00";
            case REGIME -> "#cc79a7";
        };
    }

    /** Text as one harmless comment line. */
    static String comment(String text) {
        StringBuilder line = new StringBuilder("# ");
        text.chars().forEach(c -> line.append(c < ' ' || c == 0x7f ? ' ' : (char) c));
        return line.append('\n').toString();
    }

    /** Name of the file to which a chart is written. */
    static String picture(Plot plot) {
        return "charts/" + plot.id().toLowerCase(Locale.ROOT) + ".svg";
    }
}
