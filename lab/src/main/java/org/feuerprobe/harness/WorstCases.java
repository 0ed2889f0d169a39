package org.feuerprobe.harness;

import java.util.List;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.verdict.BoundVerdict;

/** Worst cases that are read out of an image, and what they say about a campaign on it. */
@FunctionalInterface
public interface WorstCases {
    /**
     * The verdicts with what is proved.
     *
     * @throws LabException if a counted value exceeds a proved worst case
     */
    List<BoundVerdict> settle(
            BoundsFile bounds,
            KernelImage image,
            CampaignResult result,
            List<BoundVerdict> verdicts,
            MeasurementListener listener)
            throws LabException, InterruptedException;

    /** Proves nothing. */
    static WorstCases none() {
        return (_, _, _, verdicts, _) -> verdicts;
    }
}
