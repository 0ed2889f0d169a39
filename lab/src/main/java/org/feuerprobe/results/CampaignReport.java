package org.feuerprobe.results;

import java.util.List;
import java.util.Map;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.testbed.Testbed;
import org.feuerprobe.verdict.BoundVerdict;

/**
 * All that a report of one campaign shows.
 *
 * @param provenance what was asked for, and when
 * @param context what a reader compares the figures with
 * @param conditions the machine, and estimates where it could not measure
 */
public record CampaignReport(
        Provenance provenance,
        String target,
        String metric,
        KernelImage image,
        Testbed testbed,
        Map<String, String> options,
        CampaignResult result,
        List<BoundVerdict> verdicts,
        Context context,
        CampaignConditions conditions) {
    /** Option that names the modelled caches, if there are any. */
    public static final String CACHES = "caches";

    public CampaignReport {
        options = Map.copyOf(options);
        verdicts = List.copyOf(verdicts);
    }

    /** The same campaign with another context. */
    public CampaignReport with(Context other) {
        return with(other, conditions);
    }

    /** The same campaign with another context, under other conditions. */
    public CampaignReport with(Context newContext, CampaignConditions newConditions) {
        return new CampaignReport(
                provenance,
                target,
                metric,
                image,
                testbed,
                options,
                result,
                verdicts,
                newContext,
                newConditions);
    }
}
