package org.feuerprobe.plot;

import java.util.List;
import org.feuerprobe.plot.Plot.Layer;

/**
 * Writer of {@code plot.py}. Texts become Python literals in ASCII that no character can end early.
 */
final class Matplotlib {
    private static final String PROLOGUE =
            """
            # Run: python3 plot.py    Writes: charts/*.svg
            import os
            import matplotlib
            matplotlib.use("Agg")
            import matplotlib.pyplot as plt
            import matplotlib.ticker

            os.makedirs("charts", exist_ok=True)
            plt.rcParams["svg.hashsalt"] = "feuerprobe"
            plt.rcParams["text.parse_math"] = False


            def columns(name):
                with open(name) as lines:
                    rows = [line.split() for line in lines if not line.startswith("#")]
                return [[float(row[i]) for row in rows] for i in range(3)]


            def start(title, x, y, log_x, log_y):
                figure, axes = plt.subplots(figsize=(8, 4.8))
                axes.set_title(title)
                axes.set_xlabel(x)
                axes.set_ylabel(y)
                if log_x:
                    axes.set_xscale("log")
                    plain(axes.xaxis)
                if log_y:
                    axes.set_yscale("log")
                    plain(axes.yaxis)
                return figure, axes


            def plain(axis):
                axis.set_major_formatter(lambda value, _: "%g" % value)
                axis.set_minor_formatter(matplotlib.ticker.NullFormatter())


            def cells(figure, axes, name):
                x, y, z = columns(name)
                across, up = sorted(set(x)), sorted(set(y))
                grid = [[float("nan")] * len(across) for _ in up]
                for a, b, c in zip(x, y, z):
                    grid[up.index(b)][across.index(a)] = c
                log = min(z) > 0 and min(z) < max(z)
                norm = matplotlib.colors.LogNorm(min(z), max(z)) if log else None
                image = axes.imshow(grid, origin="lower", aspect="auto", cmap="Blues", norm=norm)
                axes.set_xticks(range(len(across)), ["%g" % v for v in across])
                axes.set_yticks(range(len(up)), ["%g" % v for v in up])
                figure.colorbar(image, format="%g")


            def finish(figure, axes, picture, legend):
                if legend:
                    axes.grid(alpha=0.3)
                    axes.legend(fontsize="small", loc="upper center", bbox_to_anchor=(0.5, -0.12), ncol=3)
                figure.savefig(picture, bbox_inches="tight", metadata={"Date": None})
                plt.close(figure)

            """;

    private Matplotlib() {}

    static String script(String heading, List<Plot> plots) {
        StringBuilder py = new StringBuilder("#!/usr/bin/env python3\n");
        py.append(
                PlotScript.comment(
                        heading.chars().allMatch(c -> c < 128) ? heading : "Feuerprobe"));
        py.append(PROLOGUE);
        for (Plot plot : plots) {
            py.append(
                    "\nfigure, axes = start(%s, %s, %s, %s, %s)\n"
                            .formatted(
                                    quote(plot.title()),
                                    quote(plot.x().label()),
                                    quote(plot.y().label()),
                                    bool(plot.x().log() && !plot.isMap()),
                                    bool(plot.y().log() && !plot.isMap())));
            for (int i = 0; i < plot.layers().size(); i++) {
                Layer layer = plot.layers().get(i);
                if (layer.x().length + layer.y().length > 0) {
                    py.append(part(layer, PlotScript.file(plot, i)));
                }
            }
            if (!plot.isMap()) {
                Scale y = Scale.roomy(plot.y().log(), plot.rangeY(), 0, 1);
                py.append(
                        "axes.set_ylim(%s, %s)\n"
                                .formatted(PlotScript.number(y.from()), PlotScript.number(y.to())));
            }
            py.append(
                    "finish(figure, axes, %s, %s)\n"
                            .formatted(quote(PlotScript.picture(plot)), bool(!plot.isMap())));
        }
        return py.toString();
    }

    private static String part(Layer layer, String file) {
        String read = "x, y, z = columns(" + quote(file) + ")\n";
        String look =
                "color=\"" + PlotScript.colour(layer.role()) + "\", label=" + quote(layer.name());
        return switch (layer.style()) {
            case POINTS ->
                    read
                            + "axes.plot(x, y, linestyle=\"none\", marker=\"o\", markersize="
                            + (layer.role() == Plot.Role.MEDIAN
                                    ? "6, markerfacecolor=\"none\", "
                                    : "2, ")
                            + look
                            + ")\n";
            case LINE -> read + "axes.plot(x, y, " + look + ")\n";
            case DASHED -> read + "axes.plot(x, y, linestyle=\"--\", " + look + ")\n";
            case STEPS -> read + "axes.step(x, y, where=\"post\", " + look + ")\n";
            case BARS ->
                    read
                            + "axes.bar(x, y, width=[b - a for a, b in zip(x, z)], align=\"edge\", alpha=0.5, "
                            + look
                            + ")\n";
            case BAND -> read + "axes.fill_between(x, y, z, alpha=0.3, " + look + ")\n";
            case SPREAD -> read + "axes.vlines(x, y, z, linewidth=2, " + look + ")\n";
            case VERTICAL ->
                    read
                            + "for k, value in enumerate(x):\n    axes.axvline(value, linestyle=\":\", color=\""
                            + PlotScript.colour(layer.role())
                            + "\", label="
                            + quote(layer.name())
                            + " if k == 0 else None)\n";
            case HORIZONTAL ->
                    read
                            + "for k, value in enumerate(y):\n    axes.axhline(value, linestyle=\":\", color=\""
                            + PlotScript.colour(layer.role())
                            + "\", label="
                            + quote(layer.name())
                            + " if k == 0 else None)\n";
            case CELLS -> "cells(figure, axes, " + quote(file) + ")\n";
        };
    }

    private static String bool(boolean value) {
        return value ? "True" : "False";
    }

    /** A Python string literal, in which everything but plain ASCII is escaped as a number. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                        quoted.append((char) c);
                    } else if (c >= 0xd800 && c < 0xe000) {
                        quoted.append("\\ufffd");
                    } else {
                        quoted.append("\\U%08x".formatted(c));
                    }
                });
        return quoted.append('"').toString();
    }
}
