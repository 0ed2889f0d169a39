package org.feuerprobe.verdict;

import java.util.Optional;
import org.feuerprobe.model.CostModel;

/**
 * The outcome of deciding one claim on one data set.
 *
 * @param model the fitted cost, where one could be fitted
 * @param confidence how sure, as a share of 1, or empty where none can be stated
 * @param certificate whether the model reproduces every counted value exactly: then the verdict is
 *     certain over the points that were tested, and says nothing beyond them
 * @param reason one sentence: why this verdict, or what would decide it
 */
public record Decision(
        VerdictKind kind,
        Optional<CostModel> model,
        Optional<Double> confidence,
        boolean certificate,
        String reason) {}
