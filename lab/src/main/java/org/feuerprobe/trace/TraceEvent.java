package org.feuerprobe.trace;

/**
 * Something that happened.
 *
 * @param cpu processor that noted it
 * @param time ticks of the guest's clock
 * @param environment number of the environment; 0: none
 * @param number number of its kind, which may be unknown
 * @param a first word; what it means depends on the kind
 * @param b second word
 */
public record TraceEvent(int cpu, long time, long environment, int number, long a, long b) {
    /** An event of a known kind. */
    public TraceEvent(int cpu, long time, long environment, EventKind kind, long a, long b) {
        this(cpu, time, environment, kind.number(), a, b);
    }

    public boolean is(EventKind kind) {
        return number == kind.number();
    }

    /** The name of its kind: {@code syscall}, or {@code kind_99} if it is unknown. */
    public String word() {
        return EventKind.of(number).map(EventKind::word).orElseGet(() -> "kind_" + number);
    }
}
