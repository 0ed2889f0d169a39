package org.feuerprobe.trace;

import java.util.List;

/**
 * An answer to a question about a trace: a table.
 *
 * @param columns names of its columns
 * @param rows cells: text, or a {@code Long}
 */
public record Answer(String sentence, List<String> columns, List<List<Object>> rows) {
    public Answer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
