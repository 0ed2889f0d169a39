package org.feuerprobe.report;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.sample.Numbers;

/**
 * One answer of {@code check} as a line: the data set, the verdict, its number, how sure it is,
 * why, and what would decide it.
 */
public final class CheckedLine {
    private static final int ID = 24;
    private static final int FIGURE = 32;

    private CheckedLine() {}

    /**
     * The line.
     *
     * @param fields those of the answer in JSON
     * @param whole whether a long name stays whole, at the cost of the column
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

    /** {@code max 30}, or the class of the growth with its model. */
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

    /** What would decide it, unless the reason says so already. */
    private static String needs(Map<String, Object> fields) {
        if (fields.get("needs") instanceof Map<?, ?> needs
                && needs.get("reason") instanceof String what
                && !Objects.toString(fields.get("reason"), "").contains(what)) {
            return "; would decide it: " + what;
        }
        return "";
    }
}
