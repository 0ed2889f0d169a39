package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.feuerprobe.guest.NoiseProbe;
import org.feuerprobe.harness.MetricFitness;
import org.feuerprobe.harness.RequiredPrograms;
import org.feuerprobe.harness.TestbedExamination;
import org.feuerprobe.testbed.Check;
import tools.jackson.databind.json.JsonMapper;

/** The findings about the machine, as text and JSON. */
public record TestbedDocument(TestbedExamination found) {
    private static final int BAR = 40;
    private static final int BEFORE_BAR = 36;

    /** Groups metrics with equal findings into one row: {@code loads, stores, crossings}. */
    private List<MetricFitness.Finding> grouped() {
        List<MetricFitness.Finding> grouped = new ArrayList<>();
        for (MetricFitness.Finding next : found.metrics()) {
            MetricFitness.Finding last = grouped.isEmpty() ? next : grouped.getLast();
            boolean alike =
                    !grouped.isEmpty()
                            && last.target().equals(next.target())
                            && last.trust().equals(next.trust());
            if (alike) {
                grouped.removeLast();
            }
            String names = alike ? last.metric() + ", " + next.metric() : next.metric();
            grouped.add(new MetricFitness.Finding(names, next.target(), next.trust()));
        }
        return grouped;
    }

    /**
     * Text for a terminal of {@code columns} columns; 0 stands for a pipe, in which nothing is
     * broken.
     */
    public String text(int columns) {
        StringBuilder text = new StringBuilder("testbed " + found.fingerprint().hash() + "\n");
        found.fingerprint()
                .facts()
                .forEach((name, value) ->
                        text.append(wrap("  %s: %s".formatted(name, value), "    ", columns)));
        text.append('\n');
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("METRIC", "TARGET", "FIT", "FOUND"));
        grouped()
                .forEach(m ->
                        rows.add(
                                List.of(
                                        m.metric(),
                                        m.target(),
                                        m.trust().state().name(),
                                        m.trust().text())));
        text.append(table(rows, columns)).append('\n');
        rows.clear();
        rows.add(List.of("CHECK", "STATE", "VALUE", "READ FROM"));
        found.checks()
                .forEach(check ->
                        rows.add(
                                List.of(
                                        check.name(),
                                        check.state().name(),
                                        check.value(),
                                        check.where())));
        text.append(table(rows, columns));
        text.append('\n').append(table(EnergyTable.rows(found.energy()), columns));
        if (found.checks().stream().anyMatch(check -> check.state() != Check.State.FIT)) {
            text.append('\n')
                    .append(
                            wrap(
                                    "How to mend each, or make it readable (type commands as root):",
                                    "",
                                    columns));
            found.checks().stream()
                    .filter(check -> check.state() != Check.State.FIT)
                    .forEach(check ->
                            text.append(
                                            wrap(
                                                    "  "
                                                            + check.name()
                                                            + (check.mend().isEmpty() ? "" : ": ")
                                                            + check.mend(),
                                                    "    ",
                                                    columns))
                                    .append(commands("    ", check)));
        }
        text.append("\nsteal, ticks of 10 ms since boot: ");
        text.append(
                found.steal().entrySet().stream()
                        .map(at -> at.getKey() + " " + at.getValue())
                        .collect(Collectors.joining(", ")));
        text.append('\n');
        found.noise().ifPresent(probe -> text.append('\n').append(histogram(probe, columns)));
        return text.toString();
    }

    private static String table(List<List<String>> rows, int columns) {
        return TextTable.of(rows, columns, 0, (_, _, cell) -> cell);
    }

    /** Lines with commands. They are never broken, so that they can be copied. */
    private static String commands(String indent, Check check) {
        return check.commands().stream()
                .map(command -> indent + command + "\n")
                .collect(Collectors.joining());
    }

    /**
     * Breaks a text into lines, and indents all but the first. The last line has a line end too.
     */
    private static String wrap(String text, String indent, int columns) {
        if (columns == 0) {
            return text + "\n";
        }
        StringBuilder wrapped = new StringBuilder();
        String rest = text;
        while (rest.length() > columns) {
            int cut = rest.lastIndexOf(' ', columns);
            if (cut <= indent.length()) {
                cut = columns; // one long word
            }
            wrapped.append(rest.substring(0, cut).stripTrailing()).append('\n');
            rest = indent + rest.substring(cut).strip();
        }
        return wrapped.append(rest).append('\n').toString();
    }

    private static String histogram(NoiseProbe probe, int columns) {
        StringBuilder text =
                new StringBuilder(
                        wrap(
                                String.format(
                                        Locale.ROOT,
                                        "noise of %.0f s: longest gap %,.0f us, %.3f %% of the time lost in gaps of a microsecond and more; involuntary switches: %s; waiting for the processor: %s",
                                        probe.seconds(),
                                        probe.longestMicros(),
                                        100 * probe.lost(),
                                        known(probe.switches(), ""),
                                        known(probe.waitedMicros(), " us")),
                                "    ",
                                columns));
        int room = columns == 0 ? BAR : Math.clamp(columns - BEFORE_BAR, 0, BAR);
        probe.histogram().forEach((nanos, count) -> text.append(bar(nanos, count, room)));
        return text.toString();
    }

    private static String bar(long nanos, long count, int room) {
        String bar = "#".repeat((int) Math.min(room, 2 * Math.log1p((double) count)));
        return String.format(Locale.ROOT, "  from %,12d ns %,12d %s", nanos, count, bar)
                .strip()
                .indent(2);
    }

    private static String known(OptionalLong count, String unit) {
        return count.isPresent()
                ? String.format(Locale.ROOT, "%,d%s", count.getAsLong(), unit)
                : "not reported";
    }

    /**
     * Advice on what is missing: programs, then metrics, then the machine. For {@code columns}, see
     * {@link #text}.
     */
    public String advice(int columns) {
        StringBuilder text = new StringBuilder();
        for (RequiredPrograms.Presence program : found.programs()) {
            String line =
                    "%s %s: %s"
                            .formatted(
                                    program.present() ? "ok     " : "missing",
                                    program.program(),
                                    program.use());
            text.append(wrap(line, "        ", columns));
            if (!program.present()) {
                text.append("        ").append(program.command()).append('\n');
            }
        }
        text.append(wrap(processors(), "        ", columns));
        text.append('\n');
        for (MetricFitness.Finding metric : grouped()) {
            text.append(
                    wrap(
                            "%s %s on %s: %s"
                                    .formatted(
                                            metric.trust().believed() ? "ok     " : "missing",
                                            metric.metric(),
                                            metric.target(),
                                            metric.trust().text()),
                            "        ",
                            columns));
        }
        text.append('\n');
        EnergyTable.lines(found.energy())
                .forEach(line -> text.append(wrap(line, "        ", columns)));
        List<Check> wanting =
                found.checks().stream().filter(check -> check.state() != Check.State.FIT).toList();
        if (!wanting.isEmpty()) {
            text.append(
                    wrap(
                            "\nThese make timed figures (cycles, and ns of a host) noisier or worthless:",
                            "",
                            columns));
        }
        for (Check check : wanting) {
            text.append(
                    wrap(
                            "%s %s: %s (%s)"
                                    .formatted(
                                            word(check.state()),
                                            check.name(),
                                            check.value(),
                                            check.where()),
                            "        ",
                            columns));
            if (!check.mend().isEmpty()) {
                text.append(wrap("        " + check.mend(), "        ", columns));
            }
            text.append(commands("        ", check));
        }
        return text.toString();
    }

    private String processors() {
        return "\nCycles are checked against the published latencies of this processor: %s. Known are %s (cpus/)."
                .formatted(
                        found.processors().here(), String.join(", ", found.processors().known()));
    }

    private static String word(Check.State state) {
        return switch (state) {
            case FIT -> "ok     ";
            case DEGRADED -> "noisier";
            case UNFIT -> "unfit  ";
            case UNKNOWN -> "unknown";
        };
    }

    /** The whole document as JSON. */
    public String json() {
        Map<String, Object> document = adviceMap();
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("hash", found.fingerprint().hash());
        identity.put("facts", found.fingerprint().facts());
        document.put("fingerprint", identity);
        document.put("noise", found.noise().orElse(null));
        document.put("steal", found.steal());
        return print(document);
    }

    /** JSON for {@code doctor --json}. */
    public String adviceJson() {
        return print(adviceMap());
    }

    private Map<String, Object> adviceMap() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("programs", found.programs());
        document.put("processors", found.processors());
        document.put("metrics", found.metrics().stream().map(TestbedDocument::metric).toList());
        document.put("checks", found.checks());
        document.put("energy", EnergyTable.documents(found.energy()));
        return document;
    }

    private static Map<String, Object> metric(MetricFitness.Finding row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metric", row.metric());
        fields.put("target", row.target());
        fields.put("fit", row.trust().believed());
        fields.put("state", row.trust().state());
        fields.put("text", row.trust().text());
        return fields;
    }

    private static String print(Map<String, Object> document) {
        return JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(document);
    }
}
