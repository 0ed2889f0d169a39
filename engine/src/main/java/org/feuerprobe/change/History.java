package org.feuerprobe.change;

import java.util.List;

/**
 * The runs of one series, oldest first.
 *
 * @param series name of the series: machine, configuration and metric
 * @param better which values are better
 */
public record History(String series, Better better, List<HistoryRun> runs) {
    public History {
        runs = List.copyOf(runs);
    }

    /** Whether there are too few runs to find any change. */
    public boolean isTooShort() {
        return runs.size() < ChangeDetector.FEWEST_RUNS;
    }

    /** The values of the runs, in their order. */
    public double[] values() {
        return runs.stream().mapToDouble(HistoryRun::value).toArray();
    }
}
