package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.feuerprobe.linux.EndedProgram.CountedCall;
import org.feuerprobe.linux.LinuxCalls;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.workload.Characterisation;
import org.feuerprobe.workload.KernelOperation;
import org.feuerprobe.workload.Phases;
import org.feuerprobe.workload.Workload;

/** What kind of program it is, on one screen. */
public final class WorkloadText {
    private static final int FIRST_FEW = 8;
    private static final int CLASSES = 6;

    /** A cache is large enough for a program if fewer accesses than this miss. */
    private static final double FEW_MISSES = 0.01;

    /** No distance is larger, in lines. */
    private static final long LARGEST = 1L << 32;

    private WorkloadText() {}

    /** The summary. */
    public static String of(Characterisation of) {
        Workload all = of.workload();
        StringBuilder text = new StringBuilder();
        text.append(parts(all)).append('\n');
        line(text, "kind", kind(all));
        line(text, "mix", mix(all));
        line(text, "memory", memory(all));
        line(text, "working set", footprint(all));
        line(text, "reuse", reuse(all));
        line(text, "strides", strides(all));
        line(text, "branches", branches(all));
        line(text, "phases", phases(all, of.phases()));
        line(text, "crossings", crossings(all));
        text.append('\n').append(calls(of)).append('\n').append(operations(of.operations()));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-12s %s%n", name, value));
    }

    private static String parts(Workload all) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("part", "instructions", "share", "loads", "stores"));
        all.parts()
                .forEach((name, part) ->
                        rows.add(
                                List.of(
                                        name,
                                        number(part.instructions()),
                                        percent(part.instructions(), all.instructions()),
                                        number(part.loads()),
                                        number(part.stores()))));
        return TextTable.of(rows, (_, _, cell) -> cell);
    }

    /** Rules with stated limits, so that the words mean the same for every program. */
    private static String kind(Workload all) {
        long own = all.program().instructions();
        List<String> words = new ArrayList<>();
        words.add(
                2 * own < all.instructions()
                        ? "system calls: LibOS and kernel execute more than half"
                        : "computation: the program itself executes at least half");
        if (5 * all.program().accesses() >= 2 * own) {
            words.add("memory-intensive (40 or more accesses in 100 instructions)");
        }
        if (10 * share(all, "vector") >= own) {
            words.add("vector or floating-point (10 % or more)");
        }
        if (5 * share(all, "branch") >= own) {
            words.add("branchy (20 % or more)");
        }
        return String.join("; ", words);
    }

    private static long share(Workload all, String name) {
        return all.program().mix().getOrDefault(name, 0L);
    }

    private static String mix(Workload all) {
        long own = all.program().instructions();
        return all.program().mix().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(CLASSES)
                .map(entry -> entry.getKey() + " " + percent(entry.getValue(), own))
                .collect(Collectors.joining(", "));
    }

    private static String memory(Workload all) {
        double own = (double) all.program().instructions();
        return String.format(
                Locale.ROOT,
                "%.1f loads and %.1f stores in 100 instructions",
                100 * all.program().loads() / own,
                100 * all.program().stores() / own);
    }

    private static String footprint(Workload all) {
        return "data %s; code %s".formatted(footprint(all.data()), footprint(all.code()));
    }

    private static String footprint(Workload.Footprint of) {
        return "%s (%s), %s"
                .formatted(
                        Numbers.counted(of.lines(), "line"),
                        bytes(of.lines() * Workload.LINE),
                        Numbers.counted(of.pages(), "page"));
    }

    private static String reuse(Workload all) {
        long accesses = all.lineAccesses();
        if (accesses == 0) {
            return "no access";
        }
        long first = all.reuse().getLast();
        long lines = 1;
        while (lines < LARGEST && all.misses(lines) - first >= FEW_MISSES * accesses) {
            lines *= 2;
        }
        return "first accesses %s; an LRU cache of %s misses fewer than 1 %% of the others"
                .formatted(percent(first, accesses), bytes(lines * Workload.LINE));
    }

    private static String strides(Workload all) {
        long sum = all.strides().stream().mapToLong(Long::longValue).sum();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < all.strides().size(); i++) {
            if (all.strides().get(i) > 0) {
                parts.add(Workload.STRIDES.get(i) + ": " + percent(all.strides().get(i), sum));
            }
        }
        return parts.isEmpty() ? "no instruction accessed memory twice" : String.join(", ", parts);
    }

    private static String branches(Workload all) {
        Workload.Branches of = all.branches();
        return of.executed() == 0
                ? "none"
                : "%s, taken %s; a two-bit counter mispredicts %s, gshare %s (modelled)"
                        .formatted(
                                number(of.executed()),
                                percent(of.taken(), of.executed()),
                                percent(of.simpleMisses(), of.executed()),
                                percent(of.historyMisses(), of.executed()));
    }

    private static String phases(Workload all, Phases phases) {
        return "%d in %s of %s instructions: %s"
                .formatted(
                        phases.phases().size(),
                        Numbers.counted(all.vectors().size(), "interval"),
                        number(all.interval()),
                        phases.phases().stream()
                                .map(phase ->
                                        String.format(
                                                Locale.ROOT,
                                                "%.1f %% at 0x%x",
                                                100 * phase.share(),
                                                phase.block()))
                                .collect(Collectors.joining(", ")));
    }

    private static String crossings(Workload all) {
        return "%s into the kernel; interrupts and faults: %s; switches of the address space: %s; wake-ups from idle: %s"
                .formatted(
                        number(all.counters().getOrDefault(Counter.CROSSINGS, 0L)),
                        number(all.counters().getOrDefault(Counter.INTERRUPTS, 0L)),
                        number(all.counters().getOrDefault(Counter.AS_SWITCHES, 0L)),
                        number(all.halts()));
    }

    private static String calls(Characterisation of) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("linux call", "count", "instructions each"));
        of.ended().calls().stream()
                .sorted(Comparator.comparingLong(CountedCall::count).reversed())
                .limit(FIRST_FEW)
                .forEach(call ->
                        rows.add(
                                List.of(
                                        LinuxCalls.name(call.number()),
                                        number(call.count()),
                                        number(call.instructions() / Math.max(1, call.count())))));
        return TextTable.of(rows, (_, _, cell) -> cell);
    }

    private static String operations(List<KernelOperation> operations) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("kernel operation", "count", "bounds that matter"));
        operations.stream()
                .limit(FIRST_FEW)
                .forEach(each ->
                        rows.add(
                                List.of(
                                        each.name(),
                                        number(each.calls()),
                                        each.claims().isEmpty()
                                                ? "none in the bounds file"
                                                : String.join(", ", each.claims()))));
        return TextTable.of(rows, (_, _, cell) -> cell);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0.0 : 100.0 * part / whole);
    }

    private static String bytes(long bytes) {
        return bytes < 1 << 10
                ? bytes + " B"
                : bytes < 1 << 20
                        ? String.format(Locale.ROOT, "%,d KiB", bytes >> 10)
                        : String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
    }
}
