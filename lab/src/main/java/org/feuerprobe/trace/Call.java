package org.feuerprobe.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A system call, from the entry into the kernel to the return to ring 3.
 *
 * @param number number of the call
 * @param argument its first argument
 * @param to whom it sent a message; 0: nobody
 * @param result its result; empty if the trace or the environment ended before
 */
public record Call(
        long environment,
        long number,
        long argument,
        long to,
        long from,
        long until,
        Optional<Long> result) {
    public long ticks() {
        return until - from;
    }

    /** All calls, in the order of their beginning. */
    public static List<Call> of(Trace trace) {
        List<Call> calls = new ArrayList<>();
        Map<Long, Call> open = new HashMap<>();
        for (TraceEvent event : trace.events()) {
            long environment = event.environment();
            @Nullable Call call = open.get(environment);
            if (event.is(EventKind.SYSCALL)) {
                close(calls, open.remove(environment), event.time(), Optional.empty());
                open.put(
                        environment,
                        new Call(
                                environment,
                                event.a(),
                                event.b(),
                                0,
                                event.time(),
                                event.time(),
                                Optional.empty()));
            } else if (event.is(EventKind.RESULT) && call != null) {
                open.remove(environment);
                close(calls, call, event.time(), Optional.of(event.a()));
            } else if (event.is(EventKind.ENV_END) && call != null) {
                open.remove(environment);
                close(calls, call, event.time(), Optional.empty());
            } else if (event.is(EventKind.SEND) && call != null) {
                open.put(
                        environment,
                        new Call(
                                environment,
                                call.number(),
                                call.argument(),
                                event.a(),
                                call.from(),
                                call.until(),
                                Optional.empty()));
            }
        }
        open.values().forEach(call -> close(calls, call, trace.end(), Optional.empty()));
        calls.sort(Comparator.comparingLong(Call::from).thenComparingLong(Call::environment));
        return calls;
    }

    private static void close(
            List<Call> calls, @Nullable Call call, long until, Optional<Long> result) {
        if (call != null) {
            calls.add(
                    new Call(
                            call.environment(),
                            call.number(),
                            call.argument(),
                            call.to(),
                            call.from(),
                            until,
                            result));
        }
    }
}
