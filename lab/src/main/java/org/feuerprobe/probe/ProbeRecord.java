package org.feuerprobe.probe;

import org.feuerprobe.plan.Benchmark;

/** One record of a kernel's output. */
public sealed interface ProbeRecord {
    /** The kernel that reports, and its clock. {@code clockHz} 0 means unknown. */
    record Kernel(
            String name,
            String version,
            String build,
            int cpus,
            boolean hasClock,
            long clockHz,
            GuestCounters counters)
            implements ProbeRecord {}

    /** A benchmark that the kernel offers. */
    record Offer(Benchmark benchmark) implements ProbeRecord {}

    /**
     * Raw values of one stream of a plan entry.
     *
     * @param entry index in the plan, or {@link ProbeLayout#CALIBRATION}
     * @param stream 0 is the operation, 1 its overhead twin; the benchmark defines further ones
     * @param first index of the first value in its stream
     */
    record Samples(int entry, int stream, int metric, int cpu, long first, int batch, long[] values)
            implements ProbeRecord {}

    /** How a plan entry ended. */
    record Result(int entry, Status status, long checks, long failures, String message)
            implements ProbeRecord {}

    /** Last record: the run is complete. */
    record End(long records, long entries, long ticks) implements ProbeRecord {}

    /** A log line for people. */
    record Log(String text) implements ProbeRecord {}

    /** How a plan entry ended; the order is that of the wire. */
    enum Status {
        VERIFIED("verified"),
        EFFECT_FAILED("the operation's effect did not take place"),
        UNKNOWN_BENCHMARK("the kernel has no such benchmark"),
        PARAMETER_OUT_OF_RANGE("parameter out of range"),
        OUT_OF_MEMORY("the kernel ran out of memory"),
        NOT_POSSIBLE("not possible on this machine"),
        UNKNOWN_METRIC("the kernel does not know the metric"),

        /** Not on the wire: the boot failed before it had finished the entry. */
        LOST("lost with its boot");

        static final java.util.List<Status> BY_CODE =
                java.util.Arrays.stream(values()).filter(status -> status != LOST).toList();

        private final String meaning;

        Status(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }
    }
}
