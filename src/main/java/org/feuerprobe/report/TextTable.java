package org.feuerprobe.report;

import java.util.List;

/** Rows of cells, the first the headings, as columns of text two spaces apart. */
public final class TextTable {
    private TextTable() {}

    /** How wide the table would be. */
    static int width(List<List<String>> rows) {
        int width = -2;
        for (int column = 0; column < rows.getFirst().size(); column++) {
            int at = column;
            width += 2 + rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
        }
        return width;
    }

    /**
     * Lays out; {@code paint} may wrap the cell at (row, column) in escape codes, which take no
     * width.
     */
    static String of(List<List<String>> rows, Paint paint) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(r).get(i);
                line.append(paint.apply(r, i, cell))
                        .append(" ".repeat(widths[i] - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Lays out without paint. */
    public static String of(List<List<String>> rows) {
        return of(rows, (_, _, cell) -> cell);
    }

    /** Wraps a cell in escape codes, or leaves it. */
    @FunctionalInterface
    interface Paint {
        String apply(int row, int column, String cell);
    }
}
