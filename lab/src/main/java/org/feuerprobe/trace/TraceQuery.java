package org.feuerprobe.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.feuerprobe.probe.SystemCall;
import org.feuerprobe.sample.EnumWords;
import org.feuerprobe.sample.Numbers;

/**
 * A question that people ask about a trace. Times in the answers are ticks of the guest's clock.
 */
public enum TraceQuery {
    /** The longest waits first. */
    WAITS {
        @Override
        public Answer of(Trace trace) {
            List<List<Object>> rows =
                    Wait.of(trace).stream()
                            .sorted(Comparator.comparingLong(Wait::ticks).reversed())
                            .map(wait ->
                                    List.<Object>of(
                                            wait.ticks(),
                                            wait.environment(),
                                            wait.what().text()
                                                    + (wait.on() == 0 ? "" : " " + wait.on()),
                                            endOf(wait),
                                            wait.from()))
                            .toList();
            return new Answer(
                    "%s, the longest first".formatted(Numbers.counted(rows.size(), "wait")),
                    List.of("ticks", "environment", "waits", "ended by", "from"),
                    rows);
        }
    },

    /** Who waited for whom, and how long in all. */
    BLOCKED {
        @Override
        public Answer of(Trace trace) {
            Map<Pair, LongSummaryStatistics> pairs = new TreeMap<>();
            for (Wait wait : Wait.of(trace)) {
                pairs.computeIfAbsent(
                                new Pair(wait.environment(), endOf(wait)),
                                _ -> new LongSummaryStatistics())
                        .accept(wait.ticks());
            }
            List<List<Object>> rows = new ArrayList<>();
            pairs.forEach((pair, ticks) ->
                    rows.add(
                            List.of(
                                    ticks.getSum(),
                                    ticks.getMax(),
                                    ticks.getCount(),
                                    pair.waiter(),
                                    pair.blocker())));
            rows.sort(Comparator.comparing((List<Object> row) -> (Long) row.getFirst()).reversed());
            return new Answer(
                    "who waited, and who or what ended the wait",
                    List.of("ticks", "longest", "waits", "environment", "ended by"),
                    rows);
        }
    },

    /** How long each message was under way. */
    MESSAGES {
        @Override
        public Answer of(Trace trace) {
            List<List<Object>> rows =
                    Message.of(trace).stream()
                            .map(message ->
                                    List.<Object>of(
                                            message.latency(),
                                            message.sender(),
                                            message.receiver(),
                                            message.length(),
                                            message.sent()))
                            .toList();
            return new Answer(
                    "%s, in the order of arrival"
                            .formatted(Numbers.counted(rows.size(), "message")),
                    List.of("ticks", "from", "to", "bytes", "sent"),
                    rows);
        }
    },

    /** How long each request took, from {@code exo_call} to its return. */
    REQUESTS {
        @Override
        public Answer of(Trace trace) {
            List<List<Object>> rows =
                    Call.of(trace).stream()
                            .filter(call ->
                                    call.number() == SystemCall.CALL.number()
                                            && call.result().isPresent())
                            .map(call ->
                                    List.<Object>of(
                                            call.ticks(),
                                            call.environment(),
                                            call.to(),
                                            call.result().orElseThrow(),
                                            call.from()))
                            .toList();
            return new Answer(
                    "%s by exo_call that returned"
                            .formatted(Numbers.counted(rows.size(), "request")),
                    List.of("ticks", "environment", "to", "result", "from"),
                    rows);
        }
    },

    /** What each environment did. */
    ENVIRONMENTS {
        @Override
        public Answer of(Trace trace) {
            Map<Long, Long> running =
                    Run.of(trace).stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Run::environment, Collectors.summingLong(Run::ticks)));
            Map<Long, Long> waiting =
                    Wait.of(trace).stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Wait::environment,
                                            Collectors.summingLong(Wait::ticks)));
            List<List<Object>> rows = new ArrayList<>();
            for (Long number : trace.environments()) {
                rows.add(
                        List.of(
                                number,
                                running.getOrDefault(number, 0L),
                                waiting.getOrDefault(number, 0L),
                                events(trace, number, EventKind.SYSCALL),
                                events(trace, number, EventKind.SEND),
                                events(trace, number, EventKind.RECEIVE),
                                events(trace, number, EventKind.FAULT)));
            }
            return new Answer(
                    Numbers.counted(rows.size(), "environment"),
                    List.of(
                            "environment",
                            "running",
                            "blocked",
                            "system calls",
                            "sent",
                            "received",
                            "faults"),
                    rows);
        }
    };

    private record Pair(long waiter, String blocker) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int first = Long.compare(waiter, other.waiter);
            return first != 0 ? first : blocker.compareTo(other.blocker);
        }
    }

    /** The answer for this trace. */
    public abstract Answer of(Trace trace);

    /** Its name on the command line. */
    public String word() {
        return EnumWords.of(this);
    }

    /** The question of this name. */
    public static Optional<TraceQuery> named(String word) {
        return EnumWords.find(TraceQuery.class, word);
    }

    /** All names, for a message. */
    public static String words() {
        return EnumWords.list(TraceQuery.class);
    }

    private static String endOf(Wait wait) {
        return switch (wait.end()) {
            case ENVIRONMENT -> "environment " + wait.by();
            case INTERRUPT -> "an interrupt";
            case ENVIRONMENT_ENDED -> "its own end";
            case TRACE_ENDED -> "nothing yet";
        };
    }

    private static long events(Trace trace, long environment, EventKind kind) {
        return trace.events().stream()
                .filter(event -> event.environment() == environment && event.is(kind))
                .count();
    }
}
