package org.feuerprobe.campaign;

import org.feuerprobe.guest.BootOutcome;

/**
 * Thrown when a boot fails, so that the campaign has no result. The message names the boot and the
 * failure.
 */
public final class CampaignException extends Exception {
    private final BootOutcome.Failed cause;

    CampaignException(int boot, BootOutcome.Failed cause) {
        super(
                "boot %d failed: %s: %s (%s)"
                        .formatted(
                                boot, cause.failure(), cause.detail(), cause.failure().meaning()));
        this.cause = cause;
    }

    public BootOutcome.Failed failure() {
        return cause;
    }
}
