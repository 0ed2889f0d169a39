package org.feuerprobe.harness;

import org.feuerprobe.campaign.AdaptiveCampaign;
import org.feuerprobe.campaign.CampaignProgress;

/** Hears what happens while something is measured. */
public interface MeasurementListener {
    /** Progress of one campaign; closed when the campaign ends. */
    interface Progress extends CampaignProgress, AutoCloseable {
        @Override
        void close();
    }

    /** A sentence for the user. */
    void note(String text);

    /**
     * A campaign begins.
     *
     * @param bounds that it decides; 0 where it decides none
     * @param samples of each entry of its plan
     */
    Progress begin(int bounds, int samples);

    /** All bounds are judged. */
    default void judged(AdaptiveCampaign.Outcome outcome) {}

    /** Hears nothing. */
    static MeasurementListener none() {
        return new MeasurementListener() {
            @Override
            public void note(String text) {}

            @Override
            public Progress begin(int bounds, int samples) {
                return () -> {};
            }
        };
    }
}
