package org.feuerprobe.timeline;

import java.util.Locale;
import org.feuerprobe.trace.Trace;

/**
 * A trace in Chrome's "Trace Event Format". Its times are microseconds; ours are ticks, of which
 * 1,000 are written as one.
 */
public final class ChromeTrace {
    private static final int TICKS = 1000;

    private final StringBuilder text =
            new StringBuilder("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[");
    private boolean first = true;

    private ChromeTrace() {}

    /** The file. */
    public static String of(Trace trace) {
        return new ChromeTrace().write(Timeline.of(trace));
    }

    private String write(Timeline timeline) {
        for (Timeline.Group group : Timeline.Group.values()) {
            begin("M", group.number(), 0, 0);
            field("name", "process_name");
            text.append(",\"args\":{\"name\":\"")
                    .append(group.name().toLowerCase(Locale.ROOT))
                    .append("\"}}");
        }
        for (Timeline.Row row : timeline.rows()) {
            row(row);
        }
        int id = 0;
        for (Timeline.Arrow arrow : timeline.arrows()) {
            id++;
            arrow("s", arrow.from(), arrow.sent(), id);
            text.append('}');
            arrow("f", arrow.to(), arrow.received(), id);
            field("bp", "e");
            text.append('}');
        }
        return text.append("\n]}\n").toString();
    }

    private void row(Timeline.Row row) {
        int process = row.group().number();
        begin("M", process, row.id(), 0);
        field("name", "thread_name");
        text.append(",\"args\":{\"name\":\"").append(row.name()).append("\"}}");
        for (Timeline.Slice slice : row.slices()) {
            begin("X", process, row.id(), slice.from());
            field("name", slice.name());
            text.append(",\"dur\":");
            microseconds(slice.until() - slice.from());
            detail(slice.detail());
        }
        for (Timeline.Point point : row.points()) {
            begin("i", process, row.id(), point.time());
            field("name", point.name());
            field("s", "t");
            detail(point.detail());
        }
    }

    private void arrow(String kind, long row, long time, int id) {
        begin(kind, Timeline.Group.ENVIRONMENTS.number(), row, time);
        field("name", "message");
        field("cat", "message");
        text.append(",\"id\":").append(id);
    }

    private void begin(String kind, int process, long thread, long time) {
        text.append(first ? "\n" : ",\n").append("{\"ph\":\"").append(kind).append('"');
        text.append(",\"pid\":").append(process).append(",\"tid\":").append(thread);
        text.append(",\"ts\":");
        microseconds(time);
        first = false;
    }

    private void microseconds(long ticks) {
        String rest = Long.toString(ticks % TICKS + TICKS).substring(1);
        text.append(ticks / TICKS).append('.').append(rest);
    }

    /** Names and values of ours need no escapes. */
    private void field(String name, String value) {
        text.append(",\"").append(name).append("\":\"").append(value).append('"');
    }

    private void detail(String detail) {
        text.append(",\"args\":{\"what\":\"").append(detail).append("\"}}");
    }
}
