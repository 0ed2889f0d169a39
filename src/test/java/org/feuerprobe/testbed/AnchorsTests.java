package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published figures, and that none comes without what it takes to read it. */
class AnchorsTests {
    @TempDir Path folder;

    @Test
    void everyFileOfTheProjectCanBeRead() throws Exception {
        List<Anchors.Figure> all = Anchors.read(Path.of("anchors"));

        assertThat(all).extracting(Anchors.Figure::kernel).contains("seL4", "Aegis", "L4 family");
        assertThat(all).allMatch(figure -> figure.value() > 0);
        assertThat(Anchors.of(all, List.of("fault")))
                .extracting(Anchors.Figure::text)
                .contains(
                        "Aegis: 1.5 us, one way, statistic unstated, hot caches (DECstation 5000/125, 25 MHz, 1995; "
                                + "exception dispatch, overflow, 18 instructions; Ultrix 130 us)");
    }

    @Test
    void refusesAFigureWithoutItsConfiguration() throws Exception {
        Files.writeString(
                folder.resolve("x.yaml"),
                "kernel: K\nsource: S\nfigures:\n  - {operation: o, value: 1, unit: cycles, statistic: mean, cpu: c, clock: k, year: 2000, cache: hot, way: one way}\n");

        assertThatThrownBy(() -> Anchors.read(folder))
                .hasMessageContaining("missing key 'configuration'");
    }
}
