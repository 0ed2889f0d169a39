package org.feuerprobe.change;

/**
 * One run of a series.
 *
 * @param id names the run in alerts
 * @param revision what was measured; equal revisions are repetitions
 * @param value the run's typical value, finite
 */
public record HistoryRun(String id, String revision, double value) {
    public HistoryRun {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("run " + id + ": value=" + value);
        }
    }
}
