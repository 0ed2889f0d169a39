package org.feuerprobe.harness;

import org.feuerprobe.campaign.AdaptiveCampaign;
import org.feuerprobe.campaign.CampaignProgress;

/** Listener to the progress of a measurement. */
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
     * @param bounds number of bounds that the campaign decides
     * @param samples number of samples of each entry of its plan
     */
    Progress begin(int bounds, int samples);

    /** All bounds are judged. */
    default void judged(AdaptiveCampaign.Outcome outcome) {}

    /** A listener that ignores everything. */
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
