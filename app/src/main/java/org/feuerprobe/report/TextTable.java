package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layout of rows as columns of text, two spaces apart. The first row contains the headings. */
public final class TextTable {
    private static final int NARROWEST = 6;
    private static final int MOST_KEPT = 28;

    private TextTable() {}

    /** Width of the table. */
    static int width(List<List<String>> rows) {
        int width = -2;
        for (int column = 0; column < rows.getFirst().size(); column++) {
            int at = column;
            width += 2 + rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
        }
        return width;
    }

    /**
     * Lays out the rows. {@code paint} may put the cell at (row, column) into escape codes, which
     * take no width.
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

    /**
     * Lays out the rows within {@code width} columns; 0 means no limit. The widest cells are broken
     * into lines, each column only as far as needed. Column {@code kept} is broken only if it is
     * very wide.
     */
    static String of(List<List<String>> rows, int width, int kept, Paint paint) {
        if (width == 0 || width(rows) <= width) {
            return of(rows, paint);
        }
        int[] limits = limits(rows, width, kept);
        List<List<String>> lines = new ArrayList<>();
        List<Integer> from = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            List<List<String>> cells = new ArrayList<>();
            for (int column = 0; column < limits.length; column++) {
                cells.add(broken(rows.get(r).get(column), limits[column]));
            }
            int height = cells.stream().mapToInt(List::size).max().orElse(1);
            for (int line = 0; line < height; line++) {
                int at = line;
                lines.add(
                        cells.stream().map(cell -> at < cell.size() ? cell.get(at) : "").toList());
                from.add(r);
            }
        }
        return of(lines, (row, column, cell) -> paint.apply(from.get(row), column, cell));
    }

    /**
     * Narrows the widest column again and again, until the table fits or no column can be narrower.
     */
    private static int[] limits(List<List<String>> rows, int width, int kept) {
        int[] limits = new int[rows.getFirst().size()];
        for (int column = 0; column < limits.length; column++) {
            int at = column;
            limits[column] = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
        }
        limits[kept] = Math.min(limits[kept], MOST_KEPT);
        while (Arrays.stream(limits).sum() + 2 * (limits.length - 1) > width) {
            int widest = kept == 0 ? 1 : 0;
            for (int column = 0; column < limits.length; column++) {
                widest = column != kept && limits[column] > limits[widest] ? column : widest;
            }
            if (limits[widest] <= NARROWEST) {
                break;
            }
            limits[widest]--;
        }
        return limits;
    }

    /**
     * Lines of at most {@code limit} characters, broken after a space, slash, comma or underscore.
     */
    private static List<String> broken(String cell, int limit) {
        List<String> lines = new ArrayList<>();
        String rest = cell;
        while (rest.length() > limit) {
            int end = limit;
            while (end > limit / 3 && !breaks(rest, end)) {
                end--;
            }
            end = end > limit / 3 ? end : limit;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    private static boolean breaks(String text, int end) {
        char before = text.charAt(end - 1);
        boolean inNumber = before == ',' && Character.isDigit(text.charAt(end));
        boolean beginsPath = before == '/' && (end < 2 || text.charAt(end - 2) == ' ');
        return " /,_".indexOf(before) >= 0 && !inNumber && !beginsPath;
    }

    /** Lays out the rows without colours. */
    public static String of(List<List<String>> rows) {
        return of(rows, (_, _, cell) -> cell);
    }

    /** Puts a cell into escape codes, or leaves it as it is. */
    @FunctionalInterface
    interface Paint {
        String apply(int row, int column, String cell);
    }
}
