package org.feuerprobe.flame;

import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.report.TextTable;

/** A table whose first columns are numbers, which end in one place. */
final class RightAligned {
    private RightAligned() {}

    static String of(List<List<String>> rows, int numbers) {
        int[] widths = new int[numbers];
        for (List<String> row : rows) {
            for (int i = 0; i < numbers; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<List<String>> aligned = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row);
            for (int i = 0; i < numbers; i++) {
                cells.set(i, " ".repeat(widths[i] - row.get(i).length()) + row.get(i));
            }
            aligned.add(cells);
        }
        return TextTable.of(aligned);
    }
}
