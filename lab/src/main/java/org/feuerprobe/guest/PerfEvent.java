package org.feuerprobe.guest;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.feuerprobe.sample.Metric;

/**
 * An event that Linux counts for a thread: the processor's or its own ({@code perf_event_open}).
 */
public enum PerfEvent {
    INSTRUCTIONS(Metric.INSTRUCTIONS, 0, 1),
    CYCLES(Metric.COUNTED_CYCLES, 0, 0),
    CACHE_MISSES(Metric.CACHE_MISSES, 0, 3),
    BRANCH_MISSES(Metric.BRANCH_MISSES, 0, 5),
    PAGE_FAULTS(Metric.PAGE_FAULTS, 1, 2),
    CONTEXT_SWITCHES(Metric.CONTEXT_SWITCHES, 1, 3);

    private static final int SOFTWARE = 1;

    private final String metric;
    private final int type;
    private final long config;

    PerfEvent(Metric metric, int type, long config) {
        this.metric = metric.name();
        this.type = type;
        this.config = config;
    }

    /** Its name as a metric. */
    public String metric() {
        return metric;
    }

    /** {@code perf_event_attr.type}. */
    int type() {
        return type;
    }

    /** {@code perf_event_attr.config}. */
    long config() {
        return config;
    }

    /** Whether the processor counts the event. Linux counts the others itself, on every machine. */
    public boolean ofTheProcessor() {
        return type != SOFTWARE;
    }

    public static Optional<PerfEvent> of(String metric) {
        return Arrays.stream(values()).filter(event -> event.metric.equals(metric)).findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(PerfEvent::metric).collect(Collectors.joining(", "));
    }
}
