package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.results.Published;
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

    /** Beside nothing, a figure would never be seen. */
    @Test
    void everyFigureStandsBesideAnOperationOfOurs() throws Exception {
        Map<String, List<String>> ties = ties();
        StringBuilder rows = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("exokernel/bench"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rows.append(Files.readString(file));
            }
        }

        for (Anchors.Figure figure : Anchors.read(Path.of("anchors"))) {
            assertThat(ties.values().stream().flatMap(List::stream))
                    .as(figure.text())
                    .contains(figure.operation());
        }
        assertThat(ties.keySet())
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(rows).contains("\"" + operation + "\""));
    }

    private static Map<String, List<String>> ties() throws Exception {
        return BoundsFile.read(Path.of("bounds/feuerbird.yaml")).published();
    }

    /** An operation of the same name in another project's file is not tied to the figure. */
    @Test
    void withoutATieNoFigureStandsBesideAnOperation() throws Exception {
        List<Anchors.Figure> figures = Anchors.read(Path.of("anchors"));

        assertThat(Published.of(figures, ties(), List.of("null_syscall"))).isNotEmpty();
        assertThat(Published.of(figures, Map.of(), List.of("null_syscall", "yield"))).isEmpty();
        assertThat(
                        Published.of(
                                figures,
                                Map.of("my_call", List.of("yield")),
                                List.of("null_syscall", "my_call")))
                .isNotEmpty()
                .allMatch(p -> p.operation().equals("my_call") && p.name().equals("yield"));
    }

    /** Many figures beside one operation: one of each kernel's operation, the rest on request. */
    @Test
    void ofManyFiguresTheFirstOfEachOperationIsShown() throws Exception {
        List<Published> all =
                Published.of(
                        Anchors.read(Path.of("anchors")),
                        ties(),
                        List.of("null_syscall", "irq_to_user", "exo_send"));

        assertThat(Published.chosen(all))
                .extracting(
                        p -> p.operation() + " " + p.kernel() + " " + p.name() + " " + p.figure())
                .containsExactly(
                        "null_syscall L4 family null_syscall 64 cycles",
                        "null_syscall seL4 null_syscall 136 cycles",
                        "irq_to_user seL4 irq 1,195 cycles",
                        "irq_to_user seL4 irq_switch 1,437 cycles",
                        "exo_send L4 family ipc_call 392 cycles",
                        "exo_send seL4 ipc_call 722 cycles",
                        "exo_send seL4 ipc_reply 578 cycles",
                        "exo_send seL4 signal 556 cycles");
        assertThat(Published.further(all)).hasSize(all.size() - 8).doesNotContain(all.getFirst());
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
