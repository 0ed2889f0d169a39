package org.feuerprobe.change;

/**
 * One run of a series.
 *
 * @param id name of the run in alerts
 * @param revision revision that was measured; runs of equal revisions are repetitions
 * @param value typical value of the run; finite
 */
public record HistoryRun(String id, String revision, double value) {
    public HistoryRun {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("run " + id + ": value=" + value);
        }
    }
}
