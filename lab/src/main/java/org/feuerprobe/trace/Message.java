package org.feuerprobe.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A message that reached its receiver.
 *
 * @param length bytes
 * @param sent when it was sent, or its sender blocked
 * @param received when its receiver got it
 */
public record Message(
        long sender,
        long receiver,
        long length,
        int sentOn,
        long sent,
        int receivedOn,
        long received) {
    public long latency() {
        return received - sent;
    }

    private record Way(long sender, long receiver) {}

    /**
     * All messages, in the order of their arrival. What one environment sends to another arrives in
     * order; a sender that gives up had sent last.
     */
    public static List<Message> of(Trace trace) {
        Map<Way, Deque<TraceEvent>> under = new HashMap<>();
        List<Message> messages = new ArrayList<>();
        for (TraceEvent event : trace.events()) {
            if (event.is(EventKind.SEND)) {
                under.computeIfAbsent(
                                new Way(event.environment(), event.a()), _ -> new ArrayDeque<>())
                        .addLast(event);
            } else if (event.is(EventKind.WITHDRAW)) {
                waiting(under, new Way(event.environment(), event.a())).pollLast();
            } else if (event.is(EventKind.RECEIVE)) {
                TraceEvent sent =
                        waiting(under, new Way(event.a(), event.environment())).pollFirst();
                if (sent != null) { // else it was sent before the trace began
                    messages.add(
                            new Message(
                                    event.a(),
                                    event.environment(),
                                    event.b(),
                                    sent.cpu(),
                                    sent.time(),
                                    event.cpu(),
                                    event.time()));
                }
            }
        }
        return messages;
    }

    private static Deque<TraceEvent> waiting(Map<Way, Deque<TraceEvent>> under, Way way) {
        return under.getOrDefault(way, new ArrayDeque<>());
    }
}
