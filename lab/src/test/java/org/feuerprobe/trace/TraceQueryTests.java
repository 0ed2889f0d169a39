package org.feuerprobe.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers about lists of events that were written by hand. */
final class TraceQueryTests {
    private static final long CALL = 67;
    private static final long RECEIVING = 3;
    private static final long SENDING = 4;
    private static final long WAITING = 5;

    private static TraceEvent at(long time, long environment, EventKind kind, long a, long b) {
        return new TraceEvent(0, time, environment, kind, a, b);
    }

    private static Trace trace(TraceEvent... events) {
        return new Trace(
                List.of(events),
                List.of(new TraceRing(0, events.length, events.length), new TraceRing(1, 0, 0)));
    }

    /** Client 2 calls server 3, which answers after 200 ticks. */
    private static Trace request() {
        return trace(
                at(1000, 2, EventKind.SYSCALL, CALL, 0x10007),
                at(1010, 2, EventKind.SEND, 3, 8),
                at(1020, 3, EventKind.RECEIVE, 2, 8),
                at(1030, 2, EventKind.SWITCH, 3, RECEIVING),
                at(1040, 3, EventKind.RESULT, 8, 0),
                at(1200, 3, EventKind.SYSCALL, 21, 0x10005),
                at(1210, 3, EventKind.SEND, 2, 16),
                at(1220, 2, EventKind.RECEIVE, 3, 16),
                at(1230, 3, EventKind.SWITCH, 2, 2),
                at(1240, 2, EventKind.RESULT, 16, 0),
                at(1300, 2, EventKind.SYSCALL, 0, 0));
    }

    @Test
    void tellsTheResponseTimeOfARequest() {
        assertThat(TraceQuery.REQUESTS.of(request()).rows())
                .containsExactly(List.of(240L, 2L, 3L, 16L, 1000L));
    }

    @Test
    void tellsTheLatencyOfEachMessage() {
        assertThat(TraceQuery.MESSAGES.of(request()).rows())
                .containsExactly(List.of(10L, 2L, 3L, 8L, 1010L), List.of(10L, 3L, 2L, 16L, 1210L));
    }

    @Test
    void findsTheLongestWaitAndWhoEndedIt() {
        Trace trace =
                trace(
                        at(100, 4, EventKind.SWITCH, 5, RECEIVING),
                        at(150, 4, EventKind.WAKE, 5, RECEIVING),
                        at(200, 4, EventKind.SEND, 6, 8),
                        at(210, 4, EventKind.SWITCH, 5, SENDING),
                        at(300, 7, EventKind.SWITCH, 0, WAITING),
                        at(600, 0, EventKind.INTERRUPT, 32, 0),
                        at(610, 7, EventKind.WAKE, 0, WAITING),
                        at(700, 6, EventKind.RESULT, 0, 0),
                        at(900, 4, EventKind.WAKE, 6, SENDING));

        Answer answer = TraceQuery.WAITS.of(trace);

        assertThat(answer.sentence()).isEqualTo("3 waits, the longest first");
        assertThat(answer.rows())
                .containsExactly(
                        List.of(690L, 4L, "for a receiver 6", "environment 6", 210L),
                        List.of(310L, 7L, "for an interrupt line", "an interrupt", 300L),
                        List.of(50L, 4L, "for a message", "environment 5", 100L));
    }

    @Test
    void doesNotTakeTheInterruptedEnvironmentForTheOneThatWakes() {
        Trace trace =
                trace(
                        at(100, 4, EventKind.SWITCH, 5, WAITING),
                        at(200, 5, EventKind.INTERRUPT, 32, 0),
                        at(210, 4, EventKind.WAKE, 5, WAITING),
                        at(220, 5, EventKind.SWITCH, 4, 2),
                        at(230, 4, EventKind.RESULT, 1, 0));

        assertThat(TraceQuery.BLOCKED.of(trace).rows())
                .containsExactly(List.of(110L, 110L, 1L, 4L, "an interrupt"));
    }

    @Test
    void addsUpWhoWaitedForWhom() {
        Trace trace =
                trace(
                        at(100, 2, EventKind.SWITCH, 3, RECEIVING),
                        at(130, 2, EventKind.RECEIVE, 3, 8),
                        at(200, 2, EventKind.SWITCH, 3, RECEIVING),
                        at(270, 2, EventKind.RECEIVE, 3, 8),
                        at(300, 3, EventKind.SWITCH, 2, RECEIVING),
                        at(305, 3, EventKind.ENV_END, 2, 0),
                        at(310, 2, EventKind.SWITCH, 0, RECEIVING),
                        at(400, 0, EventKind.INTERRUPT, 33, 0));

        assertThat(TraceQuery.BLOCKED.of(trace).rows())
                .containsExactly(
                        List.of(100L, 70L, 2L, 2L, "environment 3"),
                        List.of(90L, 90L, 1L, 2L, "nothing yet"),
                        List.of(5L, 5L, 1L, 3L, "its own end"));
    }

    @Test
    void pairsMessagesInOrderAndForgetsWithdrawnOnes() {
        Trace trace =
                trace(
                        at(10, 2, EventKind.SEND, 3, 1),
                        at(20, 2, EventKind.SEND, 3, 2),
                        at(30, 2, EventKind.WITHDRAW, 3, 0),
                        at(40, 2, EventKind.SEND, 3, 2),
                        at(50, 3, EventKind.RECEIVE, 2, 1),
                        at(70, 3, EventKind.RECEIVE, 2, 2),
                        at(90, 3, EventKind.RECEIVE, 9, 2)); // sent before the trace

        assertThat(TraceQuery.MESSAGES.of(trace).rows())
                .containsExactly(List.of(40L, 2L, 3L, 1L, 10L), List.of(30L, 2L, 3L, 2L, 40L));
    }

    @Test
    void addsUpWhatEachEnvironmentDid() {
        Answer answer = TraceQuery.ENVIRONMENTS.of(request());

        assertThat(answer.columns())
                .containsExactly(
                        "environment",
                        "running",
                        "blocked",
                        "system calls",
                        "sent",
                        "received",
                        "faults");
        assertThat(answer.rows())
                .containsExactly(
                        List.of(2L, 100L, 190L, 2L, 1L, 1L, 0L),
                        List.of(3L, 200L, 0L, 1L, 1L, 1L, 0L));
    }

    @Test
    void cutsAtTheRepetitionAndAtTheEndOfItsEnvironment() {
        Trace whole =
                trace(
                        at(10, 2, EventKind.STEP, 0, 1),
                        at(20, 2, EventKind.STEP, 0, 1),
                        at(30, 2, EventKind.STEP, 0, 2),
                        at(40, 2, EventKind.SYSCALL, 0, 0),
                        at(50, 3, EventKind.ENV_END, 2, 0),
                        at(60, 2, EventKind.ENV_END, 2, 0),
                        at(70, 3, EventKind.CAP_END, 1, 1));

        assertThat(whole.from(0, 2).events())
                .extracting(TraceEvent::time)
                .containsExactly(30L, 40L, 50L, 60L);
        assertThat(whole.from(0, 3).events()).isEmpty();
        assertThat(whole.keepsAll(0, 2)).isTrue();
    }

    @Test
    void knowsWhetherTheRepetitionIsWhole() {
        Trace cut =
                new Trace(
                        List.of(
                                at(20, 2, EventKind.STEP, 0, 1),
                                at(30, 2, EventKind.STEP, 0, 2),
                                new TraceEvent(1, 25, 3, EventKind.SYSCALL, 0, 0)),
                        List.of(new TraceRing(0, 90, 2), new TraceRing(1, 70, 1)));

        assertThat(cut.keepsAll(0, 2)).as("processor 1 lost events after 20").isFalse();
        assertThat(new Trace(cut.events(), List.of(cut.rings().getFirst())).keepsAll(0, 2))
                .isTrue();
        assertThat(new Trace(cut.events(), List.of(cut.rings().getFirst())).keepsAll(0, 3))
                .isTrue();
        assertThat(new Trace(cut.events(), List.of(cut.rings().getFirst())).keepsAll(0, 1))
                .as("the repetition before is not left")
                .isFalse();
    }
}
