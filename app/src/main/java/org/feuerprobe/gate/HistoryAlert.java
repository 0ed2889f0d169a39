package org.feuerprobe.gate;

import java.util.List;
import org.feuerprobe.change.Change;
import org.feuerprobe.change.ChangeDetector;
import org.feuerprobe.change.ExactSteps;
import org.feuerprobe.change.History;
import org.feuerprobe.change.HistoryRun;

/** A change of one series, with the runs that it concerns. */
public record HistoryAlert(History history, Change change) {
    private static final int NEWEST = 5;

    /** All changes of all series, in the order of the series. */
    public static List<HistoryAlert> of(List<History> series) {
        return series.parallelStream()
                .flatMap(history ->
                        ChangeDetector.changes(history.values()).stream()
                                .map(change -> new HistoryAlert(history, change)))
                .toList();
    }

    /** All changes of counts that repeat exactly: every difference is one. */
    static List<HistoryAlert> exact(List<History> series) {
        return series.stream()
                .flatMap(history ->
                        ExactSteps.of(history.values()).stream()
                                .map(change -> new HistoryAlert(history, change)))
                .toList();
    }

    /** The first run that stands out from the old level. */
    HistoryRun shown() {
        return history.runs().get(change.shown());
    }

    /** The run at which the new level most likely starts. */
    HistoryRun onset() {
        return history.runs().get(change.onset());
    }

    /** Whether the change is for the worse, in the direction of its series. */
    Change.Direction direction() {
        return change.direction(history.better());
    }

    /** Whether the series became worse in its newest five runs. */
    public boolean isNewRegression() {
        return direction() == Change.Direction.REGRESSION && isNew();
    }

    /** Whether the change started in the newest five runs. */
    boolean isNew() {
        return change.onset() >= history.runs().size() - NEWEST;
    }
}
