package org.feuerprobe.verdict;

import java.util.Optional;
import org.feuerprobe.model.TailModel;
import org.feuerprobe.sample.Estimate;

/**
 * What decided a claim about a statistic.
 *
 * @param statistic for people: {@code p99}
 * @param estimate the statistic with its interval; for a maximum, the observed one, without
 * @param values how many values there were
 * @param required how many the claim needs at least, all of them within the limit
 * @param observedMaximum largest value seen
 * @param above how many values lie above the limit
 * @param tail the extreme-value model, for a maximum
 * @param tailDeclined why there is none
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
