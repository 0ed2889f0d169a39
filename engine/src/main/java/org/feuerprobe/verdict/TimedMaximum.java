package org.feuerprobe.verdict;

import java.util.List;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.DataSet;

/**
 * Rule for the maximum of a time without a known clock, such as cycles of a board's recording. A
 * single interruption by the machine exceeds any limit. So large values refute the claim only if
 * the median is beyond the limit too. {@link TimedDecider} has the same rule for clocks that are
 * known.
 */
final class TimedMaximum {
    private static final double MEDIAN = 0.5;

    private TimedMaximum() {}

    /** Applies the rule to a decision on a timed data set. */
    static Decision checked(Claim.Absolute claim, DataSet data, Decision decision) {
        if (claim.statistic() != Claim.Statistic.Simple.MAX
                || decision.kind() != VerdictKind.VIOLATED) {
            return decision;
        }
        Claim.Absolute typical =
                new Claim.Absolute(
                        new Claim.Statistic.Quantile(MEDIAN),
                        claim.comparison(),
                        claim.limit(),
                        claim.unit());
        if (claim.comparison() != Claim.Comparison.EQUAL
                && AbsoluteDecider.decide(typical, data).kind() == VerdictKind.VIOLATED) {
            return decision;
        }
        return decision.corrected(
                        VerdictKind.INCONCLUSIVE,
                        0.5,
                        decision.reason()
                                + ", and may be an interruption by the machine: claim a quantile, such as p99.9")
                .asking(new Advice(List.of(), 0, 0, "a quantile instead of the maximum"));
    }
}
