package org.feuerprobe.results;

import java.util.Map;

/**
 * Table of this project's Linux benchmarks that are similar to benchmarks of its kernel. The two
 * are shown next to each other and never compared, because kernels do different work under similar
 * names.
 */
public final class SimilarOperations {
    private static final Map<String, String> OURS =
            Map.ofEntries(
                    Map.entry("linux_null_call", "null_syscall"),
                    Map.entry("linux_yield", "exo_yield_to"),
                    Map.entry("linux_pipe_round_trip", "exo_send"),
                    Map.entry("linux_eventfd_round_trip", "exo_send"),
                    Map.entry("linux_futex_round_trip", "exo_send"),
                    Map.entry("linux_pipe_round_trip_other_cpu", "exo_send"),
                    Map.entry("linux_map_page", "exo_alloc_page"),
                    Map.entry("linux_fault", "page_fault"),
                    Map.entry("linux_timer", "timer_irq"));

    private SimilarOperations() {}

    /** Our operation, or the given one if we have none like it. */
    public static String of(String operation) {
        return OURS.getOrDefault(operation, operation);
    }
}
