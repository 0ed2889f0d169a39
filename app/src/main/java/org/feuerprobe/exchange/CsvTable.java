package org.feuerprobe.exchange;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.feuerprobe.json.Json;

/**
 * A heading row and rows of cells that are separated by commas, semicolons, tabs, bars or blanks. A
 * decimal comma is read where the separator is another character.
 */
final class CsvTable {
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]+,[0-9]+");

    private final List<String> head;
    private final List<CsvRecord> rows;
    private final boolean decimalComma;
    private final long headLine;
    private final Set<Integer> words = new TreeSet<>();

    private CsvTable(List<CsvRecord> all, char separator) throws ForeignFormatException {
        rows = all.subList(1, all.size());
        headLine = all.getFirst().getStartingLineNumber();
        head = head(all.getFirst());
        if (head.stream().allMatch(CsvTable::isNumber)) {
            throw noHeading(headLine, head.getFirst());
        }
        if (Set.copyOf(head).size() < head.size()) {
            throw new ForeignFormatException(headLine, "two columns have the same name");
        }
        for (CsvRecord row : rows) {
            if (row.getFieldCount() < head.size()
                    || row.getFields().stream().skip(head.size()).anyMatch(c -> !c.isBlank())) {
                throw new ForeignFormatException(
                        row.getStartingLineNumber(),
                        "%d cells under %d headings".formatted(row.getFieldCount(), head.size()));
            }
        }
        decimalComma =
                separator != ','
                        && rows.stream()
                                .flatMap(row -> row.getFields().stream())
                                .anyMatch(c -> DECIMAL_COMMA.matcher(c.strip()).matches());
        for (int c = 0; c < head.size(); c++) {
            int column = c;
            if (rows.stream().noneMatch(row -> isNumber(row.getField(column)))) {
                words.add(c);
            }
        }
    }

    /**
     * Reads a whole table.
     *
     * @throws ForeignFormatException with the line of the first row that is wrong, or if the text
     *     is empty
     */
    static CsvTable read(String whole) throws ForeignFormatException {
        TableText table = TableText.of(whole);
        List<CsvRecord> rows = new ArrayList<>();
        CsvReaderBuilder builder =
                de.siegmar.fastcsv.reader.CsvReader.builder()
                        .fieldSeparator(table.separator())
                        .skipEmptyLines(true)
                        .commentStrategy(CommentStrategy.SKIP)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowExtraCharsAfterClosingQuote(false);
        try (var csv = builder.ofCsvRecord(table.text())) {
            csv.forEach(rows::add);
        } catch (CsvParseException e) {
            throw new ForeignFormatException(
                    rows.isEmpty() ? 1 : rows.getLast().getStartingLineNumber() + 1,
                    String.valueOf(e.getMessage()).contains("quote")
                            ? "a quote is not closed"
                            : "not a table: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot fail to be read", e);
        }
        if (rows.isEmpty()) {
            throw new ForeignFormatException(0, "the file is empty");
        }
        return new CsvTable(rows, table.separator());
    }

    /**
     * The heading without empty columns at its end, which stem from separators at the end of each
     * line.
     */
    private static List<String> head(CsvRecord heading) {
        List<String> names = heading.getFields().stream().map(String::strip).toList();
        int size = names.size();
        while (size > 0 && names.get(size - 1).isEmpty()) {
            size--;
        }
        return names.subList(0, size);
    }

    /** The error that a number stands in the first row, where a heading should be. */
    static ForeignFormatException noHeading(long line, String number) {
        return new ForeignFormatException(
                line,
                "'%s' is no heading: put a row with the names of the columns above the values, such as n,ns"
                        .formatted(Json.excerpt(number)));
    }

    /** The names of the columns. */
    List<String> head() {
        return head;
    }

    long headLine() {
        return headLine;
    }

    List<CsvRecord> rows() {
        return rows;
    }

    /** Whether no cell of the column is a number. */
    boolean isWords(int column) {
        return words.contains(column);
    }

    /** A cell without the spaces around it. */
    static String cell(CsvRecord row, int column) {
        return row.getField(column).strip();
    }

    double number(CsvRecord row, int column) throws ForeignFormatException {
        String cell = cell(row, column);
        String text = decimalComma ? cell.replace(',', '.') : cell;
        if (!ForeignNumber.isNumber(text)) {
            throw new ForeignFormatException(
                    row.getStartingLineNumber(),
                    "column %s: want a number, not '%s'"
                            .formatted(head.get(column), Json.excerpt(cell)));
        }
        return ForeignNumber.of(text, row.getStartingLineNumber());
    }

    static boolean isNumber(String cell) {
        return ForeignNumber.isNumber(cell) || DECIMAL_COMMA.matcher(cell.strip()).matches();
    }
}
