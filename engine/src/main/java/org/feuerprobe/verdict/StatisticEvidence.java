package org.feuerprobe.verdict;

import java.util.Optional;
import org.feuerprobe.model.TailModel;
import org.feuerprobe.sample.Estimate;

/**
 * Evidence on a claim about a statistic.
 *
 * @param statistic name for people, such as {@code p99}
 * @param estimate the statistic with its interval; a maximum is the observed one, without an
 *     interval
 * @param values number of values
 * @param required smallest number of values that the claim needs, all of them within the limit
 * @param observedMaximum largest observed value
 * @param above number of values above the limit
 * @param tail the extreme-value model, for a maximum
 * @param tailDeclined why there is no such model
 */
public record StatisticEvidence(
        String statistic,
        Estimate estimate,
        long values,
        long required,
        double observedMaximum,
        long above,
        Optional<TailModel> tail,
        Optional<String> tailDeclined) {}
