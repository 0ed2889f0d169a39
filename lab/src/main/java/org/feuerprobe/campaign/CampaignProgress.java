package org.feuerprobe.campaign;

/** Listener for the progress of a campaign. Called from several threads. */
public interface CampaignProgress {
    /** A round starts: {@code boots} boots will each run {@code entries} plan entries. */
    default void begin(int boots, int entries) {}

    /** Boot {@code boot} has finished {@code done} entries. */
    default void entries(int boot, long done) {}

    /** One more boot is done. */
    default void bootDone() {}

    /**
     * Round {@code number} starts with {@code open} undecided bounds; 0 before the first verdicts.
     */
    default void round(int number, int open) {}

    /** A listener that does nothing. */
    static CampaignProgress none() {
        return new CampaignProgress() {};
    }
}
