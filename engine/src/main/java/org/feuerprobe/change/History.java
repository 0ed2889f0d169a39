package org.feuerprobe.change;

import java.util.List;

/**
 * The runs of one series, oldest first.
 *
 * @param series name of the series: machine, configuration and metric
 */
public record History(String series, List<HistoryRun> runs) {
    public History {
        runs = List.copyOf(runs);
    }

    /** The values of the runs, in their order. */
    public double[] values() {
        return runs.stream().mapToDouble(HistoryRun::value).toArray();
    }
}
