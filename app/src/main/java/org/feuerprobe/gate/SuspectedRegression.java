package org.feuerprobe.gate;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.feuerprobe.change.NewestRun;
import org.feuerprobe.sample.Measurement;

/**
 * A point that became worse against its history.
 *
 * @param judged its place among the runs before; empty where counts repeat exactly
 */
public record SuspectedRegression(Measurement point, Optional<NewestRun.Judged> judged) {
    /**
     * What changed against a history.
     *
     * @param suspects by the name of their finding
     */
    public record Changes(GateResult result, SequencedMap<String, SuspectedRegression> suspects) {
        public Changes {
            suspects = new LinkedHashMap<>(suspects);
        }
    }
}
