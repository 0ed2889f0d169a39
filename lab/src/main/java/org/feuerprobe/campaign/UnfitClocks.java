package org.feuerprobe.campaign;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.probe.ClockFitness;

/**
 * The boots whose clock is not trustworthy: their number, and the finding for the first of them.
 * Times from such boots decide no bound, and reports that show them must show this too.
 *
 * @param unfit number of boots whose clock is not trustworthy; at least 1
 * @param boots number of all boots
 * @param first the finding for the first untrustworthy one
 */
public record UnfitClocks(int unfit, int boots, Found first) {
    /** How to get a trustworthy clock. */
    private static final String REMEDY =
            "use a quieter machine, or a kernel that counts spans by a second clock";

    /** Text for a boot in which the kernel reported nothing on its clock. */
    public static final String UNTOLD = "the kernel reported nothing on its clock";

    private static final String FIT = "FIT";

    /**
     * The finding for the clock of one boot.
     *
     * @param state {@link ClockFitness#state}; empty if the kernel reported nothing on its clock
     * @param text the state with its evidence, for people
     */
    public record Found(int boot, String state, String text) {
        private static Found of(CampaignResult.Boot boot) {
            return new Found(
                    boot.number(),
                    boot.clock().map(ClockFitness::state).orElse(""),
                    boot.clock().map(ClockFitness::text).orElse(UNTOLD));
        }

        private boolean fit() {
            return state.equals(FIT);
        }
    }

    /** Finds the untrustworthy clocks of these boots; empty if every clock is trustworthy. */
    public static Optional<UnfitClocks> of(List<CampaignResult.Boot> boots) {
        return among(boots.stream().map(Found::of).toList());
    }

    /** Finds the untrustworthy clocks among stored findings, one per boot. */
    public static Optional<UnfitClocks> among(List<Found> boots) {
        List<Found> unfit = boots.stream().filter(found -> !found.fit()).toList();
        return unfit.isEmpty()
                ? Optional.empty()
                : Optional.of(new UnfitClocks(unfit.size(), boots.size(), unfit.getFirst()));
    }

    /** Why these times decide no bound, and what would help. */
    public String reason() {
        return "in %d of %d boot%s the clock was not trustworthy; boot %d: %s: %s"
                .formatted(unfit, boots, boots == 1 ? "" : "s", first.boot, first.text, REMEDY);
    }
}
