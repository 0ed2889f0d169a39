package org.feuerprobe.selftest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/** The table of error rates as text, written a row at a time, and a row as fields. */
public final class ErrorText {
    private String group = "";
    private int rows;
    private int failed;

    /** Counts a row. Returns its line, after a heading where its group begins. */
    public String add(ErrorTable.Row row) {
        rows++;
        failed += row.passes() ? 0 : 1;
        String heading = row.group().equals(group) ? "" : "\n" + row.group() + "\n";
        group = row.group();
        return heading + line(row) + "\n";
    }

    /** The last line: how many rows were added, and how many failed. */
    public String total() {
        return String.format(Locale.ROOT, "\n%d rows, %d failed%n", rows, failed);
    }

    /** Whether every row so far passes. */
    public boolean passes() {
        return failed == 0;
    }

    private static String line(ErrorTable.Row row) {
        return String.format(
                Locale.ROOT,
                "  %-4s %-44s %-14s %-13s %7.2f %%  of %5d  open %6.2f %%  %s",
                row.passes() ? "ok" : "FAIL",
                row.name(),
                row.claim(),
                row.expectation(),
                100 * row.share(),
                row.trials(),
                100 * row.openShare(),
                row.detail());
    }

    /** The fields of a row, in their order. */
    public static SequencedMap<String, Object> fields(ErrorTable.Row row) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("group", row.group());
        fields.put("case", row.name());
        fields.put("claim", row.claim());
        fields.put("expectation", row.expectation());
        fields.put("right", row.right());
        fields.put("trials", row.trials());
        fields.put("open", row.open());
        fields.put("least", row.least());
        fields.put("most", row.most());
        fields.put("passes", row.passes());
        fields.put("verdicts", row.detail());
        return fields;
    }
}
