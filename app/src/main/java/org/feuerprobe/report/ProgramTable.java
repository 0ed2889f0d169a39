package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.linux.EndedProgram;
import org.feuerprobe.linux.EndedProgram.CountedCall;
import org.feuerprobe.linux.LinuxCalls;

/** What a Linux program cost on the LibOS: all of it, and each kind of system call. */
public final class ProgramTable {
    private static final double WHOLE = 100.0;

    private ProgramTable() {}

    /** Text: a sentence, then a row for each kind of call, the dearest first. */
    public static String text(EndedProgram program) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("system call", "count", "instructions each", "share"));
        for (CountedCall call : dearestFirst(program)) {
            rows.add(
                    List.of(
                            LinuxCalls.name(call.number()),
                            Long.toString(call.count()),
                            Long.toString(call.instructions() / Math.max(1, call.count())),
                            String.format(Locale.ROOT, "%.1f %%", share(program, call))));
        }
        return "libos: %s; %d instructions in all, with LibOS, server and kernel%n"
                        .formatted(end(program), program.instructions())
                + (program.calls().isEmpty() ? "" : TextTable.of(rows, (_, _, cell) -> cell));
    }

    private static String end(EndedProgram program) {
        return (program.signalled() ? "ended by signal %d" : "exit status %d")
                .formatted(program.number());
    }

    private static List<CountedCall> dearestFirst(EndedProgram program) {
        return program.calls().stream()
                .sorted(Comparator.comparingLong(CountedCall::instructions).reversed())
                .toList();
    }

    private static double share(EndedProgram program, CountedCall call) {
        return WHOLE * call.instructions() / Math.max(1, program.instructions());
    }

    /** The same as a document, with what the program printed. */
    public static Map<String, Object> document(EndedProgram program, String console) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("system", "libos");
        document.put(program.signalled() ? "signal" : "exitStatus", program.number());
        document.put("instructions", program.instructions());
        document.put(
                "calls",
                dearestFirst(program).stream()
                        .map(call -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("name", LinuxCalls.name(call.number()));
                            row.put("number", call.number());
                            row.put("count", call.count());
                            row.put("instructions", call.instructions());
                            return row;
                        })
                        .toList());
        document.put("console", console);
        return document;
    }
}
