package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Numbers;

/**
 * Comparison of the exokernel with Linux in the same emulator. Each pair of operations has the same
 * purpose, as in the comparison of Aegis with Ultrix in the exokernel papers.
 */
public final class SideBySide {
    private record Pair(String purpose, String ours, String linux) {}

    private static final List<Pair> PAIRS =
            List.of(
                    new Pair("null system call", "null_syscall", "linux_null_call"),
                    new Pair("round trip, other space", "exo_call", "linux_pipe_round_trip"),
                    new Pair("round trip, other space", "exo_call", "linux_eventfd_round_trip"),
                    new Pair("switch by yield (Linux: and back)", "exo_yield_to", "linux_yield"),
                    new Pair("a page: get, map, touch", "exo_alloc_page", "linux_map_page"),
                    new Pair("fault to a handler", "page_fault", "linux_fault"));

    /** Differences that everybody who quotes the table must mention. */
    public static final String WARNING =
            "Not the same work: a pipe buffers, copies twice and schedules; Linux's yield is two switches, there and back; its page is"
                    + " cleared and given back too; our fault is served and the access repeated, Linux's ends in the handler.";

    private SideBySide() {}

    /** A table of the purposes that both sides have, then the warning; empty if there are none. */
    public static String of(List<Measurement> measurements, int columns) {
        Map<String, List<Measurement>> byOperation =
                measurements.stream()
                        .filter(m -> Metric.INSTRUCTIONS.is(m.metric()))
                        .collect(Collectors.groupingBy(Measurement::operation));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PURPOSE", "OURS", "INSTRUCTIONS", "LINUX", "INSTRUCTIONS"));
        for (Pair pair : PAIRS) {
            List<Measurement> ours = byOperation.getOrDefault(pair.ours, List.of());
            List<Measurement> linux = byOperation.getOrDefault(pair.linux, List.of());
            if (!ours.isEmpty() && !linux.isEmpty()) {
                rows.add(
                        List.of(
                                pair.purpose,
                                pair.ours,
                                range(ours),
                                linux.getFirst().benchmark(),
                                range(linux)));
            }
        }
        return rows.size() == 1
                ? ""
                : "\nSide by side, medians in the same emulator:\n"
                        + TextTable.of(rows)
                        + Paragraph.ofLines(WARNING + "\n", columns);
    }

    private static String range(List<Measurement> points) {
        double least = points.stream().mapToDouble(p -> p.summary().median()).min().orElseThrow();
        double most = points.stream().mapToDouble(p -> p.summary().median()).max().orElseThrow();
        return least == most
                ? Numbers.grouped(least)
                : Numbers.grouped(least) + "–" + Numbers.grouped(most);
    }
}
