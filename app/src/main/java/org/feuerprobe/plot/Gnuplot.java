package org.feuerprobe.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.feuerprobe.plot.Plot.Layer;

/**
 * Writer of {@code plot.gp}. Texts are in single quotes, because gnuplot expands nothing in them.
 */
final class Gnuplot {
    private Gnuplot() {}

    static String script(String heading, List<Plot> plots) {
        StringBuilder gp = new StringBuilder(PlotScript.comment(heading));
        gp.append("# Run: gnuplot plot.gp    Writes: charts/*.svg\n");
        gp.append("system 'mkdir -p charts'\n");
        gp.append("set encoding utf8\nset terminal svg size 800,480 noenhanced font 'sans,12'\n");
        gp.append("set datafile missing 'NaN'\nset style fill transparent solid 0.3 noborder\n");
        for (Plot plot : plots) {
            gp.append('\n').append("reset session\n");
            gp.append(
                    "set encoding utf8\nset terminal svg size 800,480 noenhanced font 'sans,12'\nset datafile missing 'NaN'\n");
            gp.append("set style fill transparent solid 0.3 noborder\n");
            gp.append("set output '").append(PlotScript.picture(plot)).append("'\n");
            gp.append("set title ").append(quote(plot.title())).append('\n');
            gp.append("set xlabel ").append(quote(plot.x().label())).append('\n');
            gp.append("set ylabel ").append(quote(plot.y().label())).append('\n');
            gp.append(plot.isMap() ? map(plot) : curves(plot));
        }
        return gp.append("\nunset output\n").toString();
    }

    private static String curves(Plot plot) {
        Scale y = Scale.roomy(plot.y().log(), plot.rangeY(), 0, 1);
        StringBuilder gp = new StringBuilder("set grid\nset key outside below\n");
        gp.append(plot.x().log() ? "set logscale x\n" : "");
        gp.append(plot.y().log() ? "set logscale y\n" : "");
        gp.append(
                "set yrange [%s:%s]\n"
                        .formatted(PlotScript.number(y.from()), PlotScript.number(y.to())));
        Plot.Range x = plot.rangeX();
        gp.append(
                "set xrange [%s:%s]\n"
                        .formatted(PlotScript.number(x.from()), PlotScript.number(x.to())));
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < plot.layers().size(); i++) {
            Layer layer = plot.layers().get(i);
            if (layer.x().length + layer.y().length > 0) {
                parts.add(part(layer, PlotScript.file(plot, i), y));
            }
        }
        return gp.append(parts.isEmpty() ? "plot NaN notitle" : "plot ")
                .append(String.join(", \\\n     ", parts))
                .append('\n')
                .toString();
    }

    private static String part(Layer layer, String file, Scale y) {
        String from = "'" + file + "' ";
        String look =
                " lc rgb '" + PlotScript.colour(layer.role()) + "' title " + quote(layer.name());
        return switch (layer.style()) {
            case POINTS ->
                    from
                            + "using 1:2 with points pt "
                            + (layer.role() == Plot.Role.MEDIAN ? "6 ps 0.9" : "7 ps 0.3")
                            + look;
            case LINE -> from + "using 1:2 with lines lw 2" + look;
            case DASHED -> from + "using 1:2 with lines lw 2 dt 2" + look;
            case STEPS -> from + "using 1:2 with steps lw 2" + look;
            case BARS -> from + "using (($1+$3)/2):2:($3-$1) with boxes" + look;
            case BAND -> from + "using 1:2:3 with filledcurves" + look;
            case SPREAD -> from + "using 1:2:(0):($3-$2) with vectors nohead lw 2" + look;
            case VERTICAL ->
                    from
                            + "using 1:(%s):(0):(%s) with vectors nohead dt 3 lw 2"
                                    .formatted(
                                            PlotScript.number(y.from()),
                                            PlotScript.number(y.to() - y.from()))
                            + look;
            case HORIZONTAL -> PlotScript.number(layer.y()[0]) + " with lines dt 3 lw 2" + look;
            case CELLS -> throw new IllegalStateException("a map is not a curve");
        };
    }

    private static String map(Plot plot) {
        Layer cells = plot.layers().getFirst();
        double[] columns = Arrays.stream(cells.x()).distinct().sorted().toArray();
        double[] rows = Arrays.stream(cells.y()).distinct().sorted().toArray();
        boolean log = Arrays.stream(cells.z()).allMatch(v -> v > 0);
        StringBuilder gp = new StringBuilder("unset key\n");
        gp.append(tics("x", columns)).append(tics("y", rows));
        gp.append("set xrange [-0.5:%d.5]\n".formatted(columns.length - 1));
        gp.append("set yrange [-0.5:%d.5]\n".formatted(rows.length - 1));
        gp.append(
                log && Arrays.stream(cells.z()).distinct().count() > 1 ? "set logscale cb\n" : "");
        gp.append("set palette defined (0 '#eef4fb', 1 '#08519c')\n$cells << EOD\n");
        for (int i = 0; i < cells.x().length; i++) {
            gp.append(
                    "%d %d %s\n"
                            .formatted(
                                    Arrays.binarySearch(columns, cells.x()[i]),
                                    Arrays.binarySearch(rows, cells.y()[i]),
                                    PlotScript.number(cells.z()[i])));
        }
        gp.append("EOD\nset style fill solid 1 noborder\n");
        return gp.append("plot $cells using 1:2:(0.5):(0.5):3 with boxxyerror lc palette\n")
                .toString();
    }

    private static String tics(String axis, double[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> "'" + PlotScript.number(values[i]) + "' " + i)
                .collect(Collectors.joining(", ", "set " + axis + "tics (", ")\n"));
    }

    /**
     * Quotes a text. Within single quotes only the quote is special; control characters become
     * blanks.
     */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.chars()
                .forEach(c -> {
                    if (c == '\'') {
                        quoted.append("''");
                    } else {
                        quoted.append(c < ' ' || c == 0x7f || c == '`' ? ' ' : (char) c);
                    }
                });
        return quoted.append('\'').toString();
    }
}
