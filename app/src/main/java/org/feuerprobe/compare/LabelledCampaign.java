package org.feuerprobe.compare;

import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredManifest;

/**
 * One of the two that are compared.
 *
 * @param label as the user named it
 */
public record LabelledCampaign(String label, StoredManifest manifest, StoredCampaign campaign) {}
