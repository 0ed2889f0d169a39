package org.feuerprobe.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Events of all processors in the order of time.
 *
 * @param rings what each processor noted, by its number
 */
public record Trace(List<TraceEvent> events, List<TraceRing> rings) {
    public Trace {
        events = List.copyOf(events);
        rings = List.copyOf(rings);
    }

    /** Events that newer ones have overwritten, of all processors. */
    public long lost() {
        return rings.stream().mapToLong(TraceRing::lost).sum();
    }

    /** The time of the first event; 0 without events. */
    public long begin() {
        return events.isEmpty() ? 0 : events.getFirst().time();
    }

    /** The time of the last event; 0 without events. */
    public long end() {
        return events.isEmpty() ? 0 : events.getLast().time();
    }

    /** How many events there are of each kind, by the kind's word. */
    public SortedMap<String, Long> kinds() {
        SortedMap<String, Long> kinds = new TreeMap<>();
        for (TraceEvent event : events) {
            kinds.merge(event.word(), 1L, Long::sum);
        }
        return kinds;
    }

    /** How many events have a kind that this program does not know. */
    public long unknown() {
        return events.stream().filter(event -> EventKind.of(event.number()).isEmpty()).count();
    }

    /** The environments that took part, by their numbers. */
    public SortedSet<Long> environments() {
        SortedSet<Long> numbers = new TreeSet<>();
        for (TraceEvent event : events) {
            if (event.environment() != 0) {
                numbers.add(event.environment());
            }
        }
        return numbers;
    }

    /**
     * Whether no event was lost from the beginning of this repetition on. Where events were lost,
     * something of the repetition before must be left.
     */
    public boolean keepsAll(long entry, long repetition) {
        long begin =
                events.stream()
                        .filter(event ->
                                event.is(EventKind.STEP)
                                        && event.a() == entry
                                        && event.b() == repetition - 1)
                        .mapToLong(TraceEvent::time)
                        .max()
                        .orElse(Long.MIN_VALUE);
        return rings.stream()
                .filter(ring -> ring.lost() > 0)
                .allMatch(ring -> oldest(ring.cpu()) <= begin);
    }

    private long oldest(int cpu) {
        return events.stream()
                .filter(event -> event.cpu() == cpu)
                .mapToLong(TraceEvent::time)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * The part from the beginning of a plan entry's repetition to the end of the environment that
     * drives it. The rings stay as they are.
     *
     * @return an empty list of events if the kernel noted no such beginning
     */
    public Trace from(long entry, long repetition) {
        List<TraceEvent> part = new ArrayList<>();
        for (TraceEvent event : events) {
            if (!part.isEmpty()
                    || (event.is(EventKind.STEP)
                            && event.a() == entry
                            && event.b() >= repetition)) {
                part.add(event);
                if (event.is(EventKind.ENV_END)
                        && event.environment() == part.getFirst().environment()) {
                    break;
                }
            }
        }
        return new Trace(part, rings);
    }
}
