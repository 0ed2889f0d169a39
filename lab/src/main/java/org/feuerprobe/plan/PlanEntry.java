package org.feuerprobe.plan;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One benchmark at one point of its grid.
 *
 * @param parameters value of each parameter, in the benchmark's order
 * @param samples number of values of the operation to keep, and of its overhead twin
 * @param warmup repetitions that are measured first and discarded
 * @param batch operations per sample
 */
public record PlanEntry(
        Benchmark benchmark,
        SequencedMap<String, Long> parameters,
        int samples,
        int warmup,
        int batch) {
    public PlanEntry {
        parameters = new LinkedHashMap<>(parameters);
        if (samples < 1 || warmup < 0 || batch < 1) {
            throw new IllegalArgumentException(
                    "samples=%d warmup=%d batch=%d".formatted(samples, warmup, batch));
        }
    }
}
