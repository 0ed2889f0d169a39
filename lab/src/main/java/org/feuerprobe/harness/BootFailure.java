package org.feuerprobe.harness;

import java.util.List;
import java.util.stream.Collectors;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.probe.HarmlessText;

/** Messages about a failed boot for the user. */
public final class BootFailure {
    private static final int LINES = 8;
    private static final int COLUMNS = 200;

    private BootFailure() {}

    /** The failure as one line, with the end of the serial line's output if that adds something. */
    public static LabException of(CampaignException e) {
        if (e.failure().failure() == BootOutcome.Failure.NOT_COUNTED) {
            return LabException.wrongUse("--unit instructions: " + e.failure().detail());
        }
        return LabException.targetFailed(e.getMessage() + serialEnd(e.failure()));
    }

    /** The failure of a boot that is not part of a campaign. */
    public static LabException of(BootOutcome.Failed failure) {
        return LabException.targetFailed(
                "the boot failed: %s: %s (%s)%s"
                        .formatted(
                                failure.failure(),
                                failure.detail(),
                                failure.failure().meaning(),
                                serialEnd(failure)));
    }

    /** The end of the kernel's output on its serial line. */
    static String serialEnd(BootOutcome.Failed failure) {
        List<String> lines = failure.log().strip().lines().toList();
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                .map(line -> "\n  serial: " + HarmlessText.of(line, COLUMNS))
                .collect(Collectors.joining());
    }
}
