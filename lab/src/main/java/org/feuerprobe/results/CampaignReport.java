package org.feuerprobe.results;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.testbed.Testbed;
import org.feuerprobe.verdict.BoundVerdict;

/**
 * All that a report of one campaign shows.
 *
 * @param version of Feuerprobe
 * @param command the command line that repeats it
 * @param began wall-clock time; {@code took} until the last verdict
 * @param boundsFile where the bounds came from
 * @param beside what a reader wants to see beside it
 * @param setting the machine, and estimates where it could not measure
 */
public record CampaignReport(
        String version,
        List<String> command,
        Instant began,
        Duration took,
        String boundsFile,
        String subject,
        String target,
        String metric,
        KernelImage image,
        Testbed testbed,
        Map<String, String> options,
        CampaignResult result,
        List<BoundVerdict> verdicts,
        Beside beside,
        Setting setting) {
    /** The option that names the caches that were modelled, where some were. */
    public static final String CACHES = "caches";

    /** With nothing beside it. */
    public CampaignReport(
            String version,
            List<String> command,
            Instant began,
            Duration took,
            String boundsFile,
            String subject,
            String target,
            String metric,
            KernelImage image,
            Testbed testbed,
            Map<String, String> options,
            CampaignResult result,
            List<BoundVerdict> verdicts) {
        this(
                version,
                command,
                began,
                took,
                boundsFile,
                subject,
                target,
                metric,
                image,
                testbed,
                options,
                result,
                verdicts,
                Beside.NOTHING,
                Setting.UNKNOWN);
    }

    public CampaignReport {
        command = List.copyOf(command);
        options = Map.copyOf(options);
        verdicts = List.copyOf(verdicts);
    }

    /** The same campaign with this beside it. */
    public CampaignReport with(Beside other) {
        return having(other, setting);
    }

    /** The same campaign in this setting. */
    public CampaignReport in(Setting other) {
        return having(beside, other);
    }

    private CampaignReport having(Beside newBeside, Setting newSetting) {
        return new CampaignReport(
                version,
                command,
                began,
                took,
                boundsFile,
                subject,
                target,
                metric,
                image,
                testbed,
                options,
                result,
                verdicts,
                newBeside,
                newSetting);
    }
}
