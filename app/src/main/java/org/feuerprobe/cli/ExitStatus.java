package org.feuerprobe.cli;

import java.util.List;
import java.util.Set;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.outcome.KernelComparison;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;

/** The exit statuses of the program. */
final class ExitStatus {
    /** No bound violated. */
    static final int OK = 0;

    /** A bound violated, or a regression. */
    static final int VIOLATED = 1;

    /** Wrong use, or input that cannot be read. */
    static final int USAGE = 2;

    /** Target or testbed failed. */
    static final int TARGET = 3;

    /** With {@code --strict}: a bound that is neither kept nor violated. */
    static final int UNDECIDED = 4;

    private static final Set<VerdictKind> DECIDED =
            Set.of(VerdictKind.HOLDS, VerdictKind.LOOSE, VerdictKind.VIOLATED);

    private ExitStatus() {}

    /** The status of a campaign. With {@code strict}, an undecided bound changes it. */
    static int of(CampaignResult result, List<BoundVerdict> verdicts, boolean strict) {
        if (verdicts.stream().anyMatch(verdict -> verdict.kind() == VerdictKind.VIOLATED)) {
            return VIOLATED;
        }
        if (!result.rejected().isEmpty()) {
            return TARGET;
        }
        boolean undecided =
                verdicts.stream().anyMatch(verdict -> !DECIDED.contains(verdict.kind()));
        return strict && undecided ? UNDECIDED : OK;
    }

    /** The status of a comparison. With {@code strict}, an undecided bound changes it. */
    static int of(KernelComparison comparison, boolean strict) {
        if (comparison.comparison().regression()) {
            return VIOLATED;
        }
        int status =
                of(
                        comparison.now().report().result(),
                        comparison.now().report().verdicts(),
                        strict);
        boolean lost = !comparison.base().stored().rejected().isEmpty();
        return lost && status != VIOLATED ? TARGET : status;
    }

    /** The status of a measurement that could not be carried out. */
    static int of(LabException.Kind kind) {
        return switch (kind) {
            case WRONG_USE -> USAGE;
            case TARGET_FAILED -> TARGET;
        };
    }
}
