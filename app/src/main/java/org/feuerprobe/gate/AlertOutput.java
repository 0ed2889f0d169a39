package org.feuerprobe.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.change.Change;
import org.feuerprobe.change.ChangeDetector;
import org.feuerprobe.change.History;
import org.feuerprobe.sample.Numbers;
import tools.jackson.databind.json.JsonMapper;

/**
 * The changes in an imported history, as JSON, as lines, and as the gate's findings.
 *
 * @param series all series that were read
 * @param runs number of runs that were read
 * @param alerts the changes found
 * @param notes what the reader left out or assumed
 */
public record AlertOutput(
        List<History> series, int runs, List<HistoryAlert> alerts, List<String> notes) {
    public AlertOutput {
        series = List.copyOf(series);
        alerts = List.copyOf(alerts);
        notes = List.copyOf(notes);
    }

    /**
     * The gate's result: one finding for each series, or a skipped finding if there is no series.
     */
    public GateResult result() {
        List<Finding> findings = new ArrayList<>();
        for (History history : series) {
            findings.add(finding(history));
        }
        if (findings.isEmpty()) {
            findings.add(
                    new Finding(
                            Finding.Suite.CHANGES,
                            Finding.Outcome.SKIPPED,
                            "history",
                            unknown(),
                            new LinkedHashMap<>(),
                            0));
        }
        return new GateResult(findings, notes);
    }

    private Finding finding(History history) {
        List<HistoryAlert> own =
                alerts.stream().filter(alert -> alert.history().equals(history)).toList();
        List<HistoryAlert> worse = own.stream().filter(HistoryAlert::isNewRegression).toList();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("runs", Integer.toString(history.runs().size()));
        values.put("better", word(history.better()));
        if (history.isTooShort()) {
            return finding(
                    history, Finding.Outcome.SKIPPED, tooFew(history.runs().size()), values, 0);
        }
        if (own.isEmpty()) {
            return finding(history, Finding.Outcome.PASSED, "no change", values, 0);
        }
        HistoryAlert alert = worse.isEmpty() ? own.getLast() : worse.getLast();
        Change change = alert.change();
        values.put("before", Finding.number(change.before()));
        values.put("after", Finding.number(change.after()));
        values.put("kind", word(change.kind()));
        values.put("run", alert.shown().id());
        String message =
                "%s %s → %s%s in run %s"
                        .formatted(
                                alert.direction() == Change.Direction.REGRESSION
                                        ? "worse:"
                                        : "better:",
                                Finding.number(change.before()),
                                Finding.number(change.after()),
                                percent(change).isEmpty() ? "" : " (" + percent(change) + ")",
                                alert.shown().id());
        double weight =
                Math.abs(change.size()) / Math.max(Double.MIN_NORMAL, Math.abs(change.before()));
        return worse.isEmpty()
                ? finding(
                        history,
                        Finding.Outcome.PASSED,
                        alert.isNew() ? message : "changed earlier: " + message,
                        values,
                        weight)
                : finding(history, Finding.Outcome.FAILED, message, values, weight);
    }

    private static Finding finding(
            History history,
            Finding.Outcome outcome,
            String message,
            Map<String, String> values,
            double weight) {
        return new Finding(
                Finding.Suite.CHANGES,
                outcome,
                history.series(),
                message,
                new LinkedHashMap<>(values),
                weight);
    }

    private static String tooFew(int runs) {
        return "%s, and a change needs %d"
                .formatted(Numbers.counted(runs, "run"), ChangeDetector.FEWEST_RUNS);
    }

    /** Why nothing was compared. */
    private String unknown() {
        if (runs == 0) {
            return "there is no run";
        }
        return series.isEmpty()
                ? "no run has a value"
                : "the longest series has "
                        + tooFew(series.stream().mapToInt(h -> h.runs().size()).max().orElse(0));
    }

    private long tooShort() {
        return series.stream().filter(History::isTooShort).count();
    }

    private boolean isUnknown() {
        return tooShort() == series.size();
    }

    /** One JSON object; {@code docs/change-detection.md} explains its fields. */
    public String json() {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (HistoryAlert alert : alerts) {
            Change change = alert.change();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("series", alert.history().series());
            entry.put("run_id", id(alert.shown().id()));
            entry.put("kind", word(change.kind()));
            entry.put("direction", word(alert.direction()));
            entry.put("better", word(alert.history().better()));
            entry.put("size", change.size());
            entry.put("before", change.before());
            entry.put("after", change.after());
            entry.put("onset_run_id", id(alert.onset().id()));
            entry.put("revision", alert.onset().revision());
            entry.put("statistic", Math.round(change.statistic() * 100) / 100.0);
            entries.add(entry);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("series", series.size());
        document.put("runs", runs);
        document.put("not_compared", tooShort());
        document.put("verdict", GateResult.mark(result().findings()));
        document.put("notes", isUnknown() ? withReason() : notes);
        document.put("alerts", entries);
        return JsonMapper.builder().build().writeValueAsString(document) + "\n";
    }

    private List<String> withReason() {
        List<String> more = new ArrayList<>(notes);
        more.add("nothing was compared: " + unknown());
        return more;
    }

    /** Text with one line for each alert, and their number. */
    public String text() {
        StringBuilder text = new StringBuilder();
        int width =
                alerts.stream()
                        .mapToInt(alert -> alert.history().series().length())
                        .max()
                        .orElse(0);
        for (HistoryAlert alert : alerts) {
            Change change = alert.change();
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-"
                                    + Math.max(1, width)
                                    + "s  run %-12s %-6s %-11s %12.6g → %-12.6g %s%n",
                            alert.history().series(),
                            alert.shown().id(),
                            word(change.kind()),
                            word(alert.direction()),
                            change.before(),
                            change.after(),
                            percent(change)));
        }
        notes.forEach(note -> text.append("note: ").append(note).append('\n'));
        String read =
                Numbers.counted(series.size(), "series") + " of " + Numbers.counted(runs, "run");
        if (isUnknown()) {
            return text + "%s: UNKNOWN: nothing was compared: %s\n".formatted(read, unknown());
        }
        if (tooShort() > 0) {
            text.append("note: ")
                    .append(Numbers.counted(tooShort(), "series"))
                    .append(" not compared: fewer than ")
                    .append(ChangeDetector.FEWEST_RUNS)
                    .append(" runs\n");
        }
        long fresh = alerts.stream().filter(HistoryAlert::isNewRegression).count();
        return text
                + String.format(
                        Locale.ROOT,
                        "%s: %s, %s of the newest runs\n",
                        read,
                        Numbers.counted(alerts.size(), "change"),
                        Numbers.counted(fresh, "regression"));
    }

    private static String percent(Change change) {
        return change.before() == 0
                ? ""
                : String.format(
                        Locale.ROOT, "%+.2f %%", 100 * change.size() / Math.abs(change.before()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The identifier as a number if the source has a number. */
    private static Object id(String id) {
        return id.matches("[0-9]{1,18}") ? (Object) Long.valueOf(id) : id;
    }
}
