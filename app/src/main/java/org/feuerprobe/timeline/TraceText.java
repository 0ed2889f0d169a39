package org.feuerprobe.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.feuerprobe.probe.SystemCall;
import org.feuerprobe.report.TextTable;
import org.feuerprobe.trace.Answer;
import org.feuerprobe.trace.EnvironmentState;
import org.feuerprobe.trace.EventKind;
import org.feuerprobe.trace.Trace;
import org.feuerprobe.trace.TraceEvent;

/** A trace and answers about it as text. */
public final class TraceText {
    private static final int SMALL = 1 << 16;

    private TraceText() {}

    /** A line for each event: ticks since the first one, processor, environment, event. */
    public static String of(Trace trace) {
        StringBuilder text = new StringBuilder(notes(trace));
        for (TraceEvent event : trace.events()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%10d  cpu %d  env %-4d %s\n",
                            event.time() - trace.begin(),
                            event.cpu(),
                            event.environment(),
                            describe(event)));
        }
        return text.toString();
    }

    /** What a reader must know about it; empty if nothing. */
    static String notes(Trace trace) {
        StringBuilder text = new StringBuilder();
        if (trace.unknown() > 0) {
            text.append(
                    "# %d events are of kinds that this version does not know\n"
                            .formatted(trace.unknown()));
        }
        return text.toString();
    }

    /** An event and its words: {@code send to=3 length=8}. */
    static String describe(TraceEvent event) {
        StringBuilder text = new StringBuilder(event.word());
        String first = EventKind.of(event.number()).map(EventKind::first).orElse("a");
        String second = EventKind.of(event.number()).map(EventKind::second).orElse("b");
        if (!first.isEmpty()) {
            text.append(' ').append(first).append('=').append(word(event, first, event.a()));
        }
        if (!second.isEmpty()) {
            text.append(' ').append(second).append('=').append(word(event, second, event.b()));
        }
        return text.toString();
    }

    private static String word(TraceEvent event, String name, long value) {
        if (event.is(EventKind.SYSCALL) && name.equals("number")) {
            return callName(value);
        }
        Optional<EnvironmentState> state =
                name.equals("state") ? EnvironmentState.of(value) : Optional.empty();
        if (state.isPresent()) {
            return state.get().word();
        }
        return value > -SMALL && value < SMALL ? Long.toString(value) : "0x%x".formatted(value);
    }

    /** The name of a system call. */
    static String callName(long number) {
        return number >= 0 && number < SMALL
                ? SystemCall.nameOf((int) number)
                : "number " + Long.toUnsignedString(number);
    }

    /** How many events of each kind there are, and how many were lost. */
    public static String summary(String name, Trace trace) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("event", "count"));
        trace.kinds().forEach((kind, count) -> rows.add(List.of(kind, Long.toString(count))));
        return "%s: %d events of %d environments in %d instructions; %s before.\n"
                        .formatted(
                                name,
                                trace.events().size(),
                                trace.environments().size(),
                                trace.end() - trace.begin(),
                                trace.lost() == 0
                                        ? "none was lost"
                                        : "%d older ones were overwritten".formatted(trace.lost()))
                + notes(trace)
                + "\n"
                + TextTable.of(rows);
    }

    /** An answer as a table; only so many rows. */
    public static String of(Answer answer, int most) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(answer.columns());
        int shown = Math.min(most, answer.rows().size());
        for (List<Object> row : answer.rows().subList(0, shown)) {
            rows.add(row.stream().map(String::valueOf).toList());
        }
        String rest =
                shown == answer.rows().size()
                        ? ""
                        : "%d more rows; --json has all of them.\n"
                                .formatted(answer.rows().size() - shown);
        return answer.sentence() + "\n" + TextTable.of(rows) + rest;
    }
}
