package org.feuerprobe.harness;

import java.util.List;
import org.feuerprobe.campaign.BootPool;
import org.feuerprobe.guest.KernelImage;

/**
 * The boots of a campaign's first round.
 *
 * @param exact whether each boot repeats exactly, so that it may be carried out anywhere
 * @param caches the caches that the plugin models; empty if no bound needs them
 * @param boots in the order in which one machine numbers them
 */
public record PlannedCampaign(
        KernelImage image, boolean exact, String caches, List<BootPool.Boot> boots) {
    public PlannedCampaign {
        boots = List.copyOf(boots);
    }
}
