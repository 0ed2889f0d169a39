package org.feuerprobe.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.feuerprobe.plot.Plot.Axis;
import org.feuerprobe.plot.Plot.Layer;
import org.feuerprobe.plot.Plot.Role;
import org.feuerprobe.plot.Plot.Style;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts run as they are, in the real programs; skipped where those are not installed. */
@Tag("boots")
class PlotScriptTests {
    private static final String HARM = "a'b\"c\\d`touch x`$(touch y)\n{/Bold %s} é\u202e";

    @TempDir private Path folder;

    private static Plot every() {
        double[] x = {1, 2, 4, 8};
        double[] y = {3, 5, 9, 17};
        double[] z = {4, 6, 11, 20};
        return new Plot(
                "every",
                HARM,
                HARM,
                new Axis(HARM, true, x),
                new Axis(HARM, true, new double[0]),
                List.of(
                        new Layer("band", Role.BAND, Style.BAND, x, y, z),
                        new Layer("bars", Role.MODEL, Style.BARS, x, y, new double[] {2, 4, 8, 16}),
                        new Layer("line", Role.MODEL, Style.LINE, x, y),
                        new Layer("dashed", Role.BOUND, Style.DASHED, x, z),
                        new Layer("steps", Role.MODEL, Style.STEPS, x, y),
                        new Layer("points", Role.SAMPLE, Style.POINTS, x, y),
                        new Layer("median", Role.MEDIAN, Style.POINTS, x, y),
                        new Layer("spread", Role.SAMPLE, Style.SPREAD, x, y, z),
                        new Layer("rule", Role.REGIME, Style.VERTICAL, x, new double[0]),
                        new Layer(HARM, Role.LIMIT, Style.HORIZONTAL, new double[0], y),
                        new Layer(
                                "none", Role.LIMIT, Style.VERTICAL, new double[0], new double[0])));
    }

    private static Plot map() {
        return new Plot(
                "map",
                HARM,
                HARM,
                Axis.log("S"),
                Axis.log("K"),
                List.of(
                        new Layer(
                                "cells",
                                Role.MEDIAN,
                                Style.CELLS,
                                new double[] {1, 1, 2, 2},
                                new double[] {1, 4, 1, 4},
                                new double[] {5, 6, 7, 80})));
    }

    @Test
    void gnuplotDrawsEveryChart() throws Exception {
        write(PlotScript.gnuplot(HARM, List.of(every(), map())));
        run("gnuplot", "gnuplot", "plot.gp");
        assertDrawn();
    }

    @Test
    void matplotlibDrawsEveryChart() throws Exception {
        assumeTrue(
                succeeds("/usr/bin/python3", "-c", "import matplotlib"),
                "python3-matplotlib is not installed");
        write(PlotScript.matplotlib(HARM, List.of(every(), map())));
        run("matplotlib", "/usr/bin/python3", "-W", "error", "plot.py");
        assertDrawn();
    }

    @Test
    void theSvgHoldsEveryLayerAndNoMarkupOfStrangers() {
        String svg = SvgPlot.of(every());

        for (Style style : Style.values()) {
            if (style != Style.CELLS) {
                assertThat(svg)
                        .contains("style-" + style.name().toLowerCase(java.util.Locale.ROOT));
            }
        }
        assertThat(svg).doesNotContain("NaN", "Infinity").contains("a&#39;b&quot;c");
        assertThat(SvgPlot.of(map())).contains("shade-7", ">80</text>").doesNotContain("NaN");
    }

    private void assertDrawn() throws IOException {
        for (String chart : List.of("every", "map")) {
            assertThat(folder.resolve("charts/" + chart + ".svg"))
                    .content(StandardCharsets.UTF_8)
                    .contains("<svg")
                    .doesNotContain("mathdefault")
                    .hasSizeGreaterThan(2_000);
        }
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(folder.resolve("y")).doesNotExist();
    }

    private void write(Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.resolve("..").normalize());
            Files.writeString(path, file.getValue());
        }
    }

    private void run(String name, String... command) throws Exception {
        assumeTrue(succeeds(command[0], "--version"), name + " is not installed");
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        process.waitFor();
        assertThat(Files.readString(log)).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
