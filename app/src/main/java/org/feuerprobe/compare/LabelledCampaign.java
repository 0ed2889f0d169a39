package org.feuerprobe.compare;

import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredManifest;

/**
 * One of the two campaigns that are compared.
 *
 * @param label the campaign's name as the user gave it
 */
public record LabelledCampaign(String label, StoredManifest manifest, StoredCampaign campaign) {}
