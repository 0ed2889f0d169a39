package org.feuerprobe.trace;

/**
 * How much a processor noted.
 *
 * @param events events that it noted since the boot
 * @param kept the newest of them, which are still there
 */
public record TraceRing(int cpu, long events, long kept) {
    /** Events that newer ones have overwritten. */
    public long lost() {
        return events - kept;
    }
}
