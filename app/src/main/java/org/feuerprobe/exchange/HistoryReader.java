package org.feuerprobe.exchange;

import java.util.List;
import org.feuerprobe.change.History;

/** Reader of the histories that other tools recorded, over several files. */
public sealed interface HistoryReader permits Sel4benchHistory, CsvHistory {
    /** Thrown for a file that cannot be read; the message starts with {@code file:line}. */
    final class MalformedHistoryException extends Exception {
        MalformedHistoryException(String file, long line, String message) {
            super(file + ":" + (line > 0 ? line + ":" : "") + " " + message);
        }
    }

    /**
     * Adds a file's content.
     *
     * @param file the file's name as given by the user, for messages
     * @param configuration platform and configuration, which precede the metric in a series' name
     */
    void add(String file, String configuration, String text) throws MalformedHistoryException;

    /** Number of runs read, over all configurations. */
    int runs();

    /** All series, with their runs in the order of time. */
    List<History> series(MetricDirections directions);

    /** What the reader left out or assumed, for people. */
    List<String> notes();
}
