package org.feuerprobe.campaign;

/** Hears how a campaign gets on, or what of it one listens to. Called from several threads. */
public interface CampaignProgress {
    /** {@code boots} boots will each carry out {@code entries} plan entries. */
    default void begin(int boots, int entries) {}

    /** Boot {@code boot} has finished {@code done} entries. */
    default void entries(int boot, long done) {}

    /** One more boot is done. */
    default void bootDone() {}

    /**
     * Round {@code number} begins, with {@code open} bounds undecided; 0 where none is judged yet.
     */
    default void round(int number, int open) {}

    /** Hears nothing. */
    static CampaignProgress none() {
        return new CampaignProgress() {};
    }
}
