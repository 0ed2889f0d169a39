package org.feuerprobe.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An environment has a processor.
 *
 * @param from ticks
 * @param until ticks; the end of the trace if it still has it then
 */
public record Run(int cpu, long environment, long from, long until) {
    public long ticks() {
        return until - from;
    }

    /** Who ran where, in the order of time. A processor without events is left out. */
    public static List<Run> of(Trace trace) {
        List<Run> runs = new ArrayList<>();
        Map<Integer, Run> current = new HashMap<>();
        for (TraceEvent event : trace.events()) {
            if (!tellsWhoRuns(event)) {
                continue;
            }
            Run run =
                    current.computeIfAbsent(
                            event.cpu(),
                            cpu -> new Run(cpu, event.environment(), trace.begin(), event.time()));
            if (event.is(EventKind.SWITCH)) {
                add(runs, run, event.time());
                current.put(
                        event.cpu(), new Run(event.cpu(), event.a(), event.time(), event.time()));
            }
        }
        current.values().forEach(last -> add(runs, last, trace.end()));
        runs.sort(Comparator.comparingLong(Run::from).thenComparingInt(Run::cpu));
        return runs;
    }

    private static boolean tellsWhoRuns(TraceEvent event) {
        return event.is(EventKind.SWITCH)
                || event.is(EventKind.SYSCALL)
                || event.is(EventKind.PROGRAM_CALL)
                || event.is(EventKind.RESULT)
                || event.is(EventKind.RESUME)
                || event.is(EventKind.FAULT)
                || event.is(EventKind.INTERRUPT);
    }

    private static void add(List<Run> runs, Run run, long until) {
        if (run.environment() != 0 && until > run.from()) {
            runs.add(new Run(run.cpu(), run.environment(), run.from(), until));
        }
    }
}
