package org.feuerprobe.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An environment is blocked.
 *
 * @param on whose mailbox a sender waits for; 0: it waits for any message, or for a line
 * @param end what ended the wait
 * @param by the environment that ended it; 0: none
 */
public record Wait(long environment, For what, long on, long from, long until, End end, long by) {
    /** What it waits for. */
    public enum For {
        MESSAGE("for a message"),
        ROOM("for a receiver"),
        LINE("for an interrupt line");

        private final String text;

        For(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** What ends a wait. */
    public enum End {
        ENVIRONMENT,
        INTERRUPT,
        ENVIRONMENT_ENDED,
        TRACE_ENDED
    }

    /** States of an environment in which it is blocked. */
    private static final Map<EnvironmentState, For> STATES =
            new EnumMap<>(
                    Map.of(
                            EnvironmentState.RECEIVING, For.MESSAGE,
                            EnvironmentState.SENDING, For.ROOM,
                            EnvironmentState.WAITING, For.LINE));

    public long ticks() {
        return until - from;
    }

    /** All waits, in the order of their beginning. */
    public static List<Wait> of(Trace trace) {
        return new Reader(trace).read();
    }

    private static final class Reader {
        private final Trace trace;
        private final List<Wait> waits = new ArrayList<>();
        private final Map<Long, Wait> open = new HashMap<>();
        private final Map<Long, Long> lastTo = new HashMap<>();
        private final Map<Integer, TraceEvent> interrupt = new HashMap<>();

        Reader(Trace trace) {
            this.trace = trace;
        }

        List<Wait> read() {
            trace.events().forEach(this::take);
            List.copyOf(open.values())
                    .forEach(wait -> close(wait, trace.end(), End.TRACE_ENDED, 0));
            waits.sort(Comparator.comparingLong(Wait::from).thenComparingLong(Wait::environment));
            return waits;
        }

        private void take(TraceEvent event) {
            long environment = event.environment();
            @Nullable Wait wait = open.get(environment);
            if (event.is(EventKind.SEND)) {
                lastTo.put(environment, event.a());
            } else if (event.is(EventKind.SWITCH)) {
                EnvironmentState.of(event.b())
                        .map(STATES::get)
                        .ifPresent(what -> begin(event, what));
            } else if (event.is(EventKind.INTERRUPT) || event.is(EventKind.TIMER_EXPIRE)) {
                interrupt.put(event.cpu(), event);
            } else if (event.is(EventKind.SYSCALL)
                    || event.is(EventKind.RESULT)
                    || event.is(EventKind.RESUME)) {
                interrupt.remove(event.cpu());
            }
            if (wait != null && event.is(EventKind.RECEIVE)) {
                close(wait, event.time(), End.ENVIRONMENT, event.a());
            } else if (wait != null && event.is(EventKind.WAKE)) {
                boolean here = event.a() != 0 && !interrupt.containsKey(event.cpu());
                close(
                        wait,
                        event.time(),
                        here ? End.ENVIRONMENT : End.INTERRUPT,
                        here ? event.a() : 0);
            } else if (wait != null && event.is(EventKind.ENV_END)) {
                close(wait, event.time(), End.ENVIRONMENT_ENDED, 0);
            }
        }

        private void begin(TraceEvent event, For what) {
            long on = what == For.ROOM ? lastTo.getOrDefault(event.environment(), 0L) : 0;
            open.put(
                    event.environment(),
                    new Wait(
                            event.environment(),
                            what,
                            on,
                            event.time(),
                            event.time(),
                            End.TRACE_ENDED,
                            0));
        }

        private void close(Wait wait, long until, End end, long by) {
            open.remove(wait.environment());
            waits.add(
                    new Wait(
                            wait.environment(),
                            wait.what(),
                            wait.on(),
                            wait.from(),
                            until,
                            end,
                            by));
        }
    }
}
