package org.feuerprobe.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.change.Change;
import tools.jackson.databind.json.JsonMapper;

/** Alerts of a history as JSON and as lines. */
public record AlertOutput(int series, int runs, List<HistoryAlert> alerts) {
    /** One object, fields as docs/gate.md says. */
    public String json() {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (HistoryAlert alert : alerts) {
            Change change = alert.change();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("series", alert.history().series());
            entry.put("run_id", id(alert.shown().id()));
            entry.put("kind", word(change.kind()));
            entry.put("direction", word(change.direction()));
            entry.put("size", change.size());
            entry.put("before", change.before());
            entry.put("after", change.after());
            entry.put("onset_run_id", id(alert.onset().id()));
            entry.put("revision", alert.onset().revision());
            entry.put("statistic", Math.round(change.statistic() * 100) / 100.0);
            entries.add(entry);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("series", series);
        document.put("runs", runs);
        document.put("alerts", entries);
        return JsonMapper.builder().build().writeValueAsString(document) + "\n";
    }

    /** A line for each alert, and their number. */
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
                            word(change.direction()),
                            change.before(),
                            change.after(),
                            percent(change)));
        }
        long fresh = alerts.stream().filter(HistoryAlert::isNewRegression).count();
        return text
                + String.format(
                        Locale.ROOT,
                        "%,d series of %,d runs: %,d changes, %,d of them regressions of the newest runs%n",
                        series,
                        runs,
                        alerts.size(),
                        fresh);
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

    /** A number where the source had one. */
    private static Object id(String id) {
        return id.matches("[0-9]{1,18}") ? (Object) Long.valueOf(id) : id;
    }
}
