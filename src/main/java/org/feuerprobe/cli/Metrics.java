package org.feuerprobe.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.probe.Counter;

/** Which counters of the emulator's plugin does a word on the command line name? */
final class Metrics {
    private Metrics() {}

    /** None for the empty word. */
    static Set<Counter> counters(String metric) throws CommandException {
        return switch (metric) {
            case "" -> Set.of();
            case "cache_misses" ->
                    EnumSet.of(Counter.L1I_MISSES, Counter.L1D_MISSES, Counter.L2_MISSES);
            case "memory" -> EnumSet.of(Counter.LOADS, Counter.STORES);
            case "kernel" -> EnumSet.of(Counter.CROSSINGS, Counter.AS_SWITCHES, Counter.TLB_MISSES);
            case "all" -> EnumSet.allOf(Counter.class);
            default ->
                    EnumSet.of(
                            Counter.of(metric)
                                    .orElseThrow(() ->
                                            new CommandException(
                                                    ExitStatus.USAGE,
                                                    "unknown metric '%s', want bytes, cache_misses, memory, kernel, all, %s"
                                                            .formatted(metric, names()))));
        };
    }

    private static String names() {
        return Arrays.stream(Counter.values())
                .map(Counter::metric)
                .collect(Collectors.joining(", "));
    }
}
