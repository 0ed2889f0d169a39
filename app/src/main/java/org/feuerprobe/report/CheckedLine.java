package org.feuerprobe.report;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.sample.Numbers;

/**
 * One answer of {@code check} as a line: the data set, the verdict, its number, its confidence, the
 * reason, and what would decide it.
 */
public final class CheckedLine {
    private static final int ID = 24;
    private static final int FIGURE = 32;

    private CheckedLine() {}

    /**
     * Formats an answer.
     *
     * @param fields the answer's fields in JSON
     * @param whole whether a long name is not shortened, so that columns may not align
     */
    public static String of(Map<String, Object> fields, boolean whole) {
        String id = Objects.toString(fields.get("id"), "").replace("\"", "");
        return "%-24s  %-12s  %-32s  %8s  %s%s"
                .formatted(
                        ForeignText.middle(
                                id.isEmpty() || id.equals("null") ? "-" : ForeignText.of(id),
                                whole ? Integer.MAX_VALUE : ID),
                        fields.get("verdict"),
                        ForeignText.middle(figure(fields), FIGURE),
                        confidence(fields.get("confidence")),
                        fields.get("reason"),
                        needs(fields))
                .stripTrailing();
    }

    /** The measured figure, such as {@code max 30}, or the growth class with its model. */
    private static String figure(Map<String, Object> fields) {
        if (fields.get("statistic") instanceof Map<?, ?> statistic
                && statistic.get("value") instanceof Map<?, ?> value
                && value.get("value") instanceof Number number) {
            String unit = Objects.toString(fields.get("metric"), "value");
            return statistic.get("name")
                    + " "
                    + Numbers.grouped(number.doubleValue())
                    + (unit.equals("value") ? "" : " " + unit);
        }
        String growth = Objects.toString(fields.get("class"), "");
        return fields.get("model") instanceof Map<?, ?> model
                ? growth + ": " + model.get("text")
                : growth;
    }

    private static String confidence(@org.jspecify.annotations.Nullable Object confidence) {
        return confidence instanceof Number number
                ? String.format(
                        Locale.ROOT, "%.1f %%", Math.floor(number.doubleValue() * 1000) / 10)
                : "";
    }

    /** What would decide it, unless the reason already says it. */
    private static String needs(Map<String, Object> fields) {
        if (fields.get("needs") instanceof Map<?, ?> needs
                && needs.get("reason") instanceof String what
                && !Objects.toString(fields.get("reason"), "").contains(what)) {
            return "; would decide it: " + what;
        }
        return "";
    }
}
