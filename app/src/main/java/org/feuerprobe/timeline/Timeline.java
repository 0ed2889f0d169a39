package org.feuerprobe.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.trace.Call;
import org.feuerprobe.trace.EventKind;
import org.feuerprobe.trace.Message;
import org.feuerprobe.trace.Run;
import org.feuerprobe.trace.Trace;
import org.feuerprobe.trace.TraceEvent;
import org.feuerprobe.trace.TraceRing;
import org.feuerprobe.trace.Wait;

/**
 * A trace as it is drawn: a row for each processor and each environment, with what took time as
 * slices, what did not as points, and messages as arrows.
 */
record Timeline(List<Row> rows, List<Arrow> arrows) {
    /** Groups of rows. */
    enum Group {
        PROCESSORS(1),
        ENVIRONMENTS(2);

        private final int number;

        Group(int number) {
            this.number = number;
        }

        /** A number of its own. */
        int number() {
            return number;
        }
    }

    /**
     * A row.
     *
     * @param number processor or environment
     * @param slices those that contain others come before them
     */
    record Row(Group group, long number, String name, List<Slice> slices, List<Point> points) {
        /** A number of its own. */
        long id() {
            return group == Group.PROCESSORS ? 1 + number : FIRST_ENVIRONMENT + number;
        }
    }

    /** Something that took time. */
    record Slice(String name, String detail, long from, long until) {}

    /** Something that happened. */
    record Point(String name, String detail, long time) {}

    /** A message. */
    record Arrow(long from, long sent, long to, long received, String detail) {}

    private static final long FIRST_ENVIRONMENT = 1000;

    static Timeline of(Trace trace) {
        Map<Long, Row> environments = new LinkedHashMap<>();
        for (Long number : trace.environments()) {
            environments.put(
                    number,
                    new Row(
                            Group.ENVIRONMENTS,
                            number,
                            "environment " + number,
                            new ArrayList<>(),
                            new ArrayList<>()));
        }
        List<Row> rows = new ArrayList<>();
        for (TraceRing ring : trace.rings()) {
            rows.add(
                    new Row(
                            Group.PROCESSORS,
                            ring.cpu(),
                            "processor " + ring.cpu(),
                            new ArrayList<>(),
                            new ArrayList<>()));
        }
        for (Run run : Run.of(trace)) {
            rows.get(run.cpu())
                    .slices()
                    .add(
                            new Slice(
                                    "environment " + run.environment(),
                                    "",
                                    run.from(),
                                    run.until()));
        }
        fill(environments, trace);
        for (TraceEvent event : trace.events()) {
            if (!isPartOfASlice(event)) {
                Row environment = environments.get(event.environment());
                Row row = environment == null ? rows.get(event.cpu()) : environment;
                row.points().add(new Point(event.word(), TraceText.describe(event), event.time()));
            }
        }
        rows.addAll(environments.values());
        return new Timeline(List.copyOf(rows), arrows(trace, environments));
    }

    private static void fill(Map<Long, Row> environments, Trace trace) {
        for (Call call : Call.of(trace)) {
            add(
                    environments,
                    call.environment(),
                    new Slice(
                            TraceText.callName(call.number()),
                            "argument 0x%x, %s"
                                    .formatted(
                                            call.argument(),
                                            call.result()
                                                    .map(result -> "result " + result)
                                                    .orElse("no result")),
                            call.from(),
                            call.until()));
        }
        for (Wait wait : Wait.of(trace)) {
            add(
                    environments,
                    wait.environment(),
                    new Slice(
                            "waits " + wait.what().text(),
                            wait.by() == 0 ? "" : "ended by environment " + wait.by(),
                            wait.from(),
                            wait.until()));
        }
        for (Row row : environments.values()) {
            row.slices()
                    .sort(
                            Comparator.comparingLong(Slice::from)
                                    .thenComparing(
                                            Comparator.comparingLong(Slice::until).reversed()));
        }
    }

    private static void add(Map<Long, Row> environments, long number, Slice slice) {
        Row row = environments.get(number);
        if (row != null) {
            row.slices().add(slice);
        }
    }

    private static List<Arrow> arrows(Trace trace, Map<Long, Row> environments) {
        List<Arrow> arrows = new ArrayList<>();
        for (Message message : Message.of(trace)) {
            Row from = environments.get(message.sender());
            Row to = environments.get(message.receiver());
            if (from != null && to != null) {
                arrows.add(
                        new Arrow(
                                from.id(),
                                message.sent(),
                                to.id(),
                                message.received(),
                                message.length() + " bytes"));
            }
        }
        return arrows;
    }

    private static boolean isPartOfASlice(TraceEvent event) {
        return event.is(EventKind.SYSCALL)
                || event.is(EventKind.RESULT)
                || event.is(EventKind.SWITCH);
    }
}
