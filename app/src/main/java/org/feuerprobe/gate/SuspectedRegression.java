package org.feuerprobe.gate;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.feuerprobe.change.NewestRun;
import org.feuerprobe.sample.Measurement;

/**
 * A point that became worse than its history.
 *
 * @param judged its judgement against the earlier runs; empty if counts repeat exactly
 */
public record SuspectedRegression(Measurement point, Optional<NewestRun.Judged> judged) {
    /**
     * Changes against a history.
     *
     * @param suspects the suspected points, by the name of their finding
     */
    public record Changes(GateResult result, SequencedMap<String, SuspectedRegression> suspects) {
        public Changes {
            suspects = new LinkedHashMap<>(suspects);
        }
    }
}
