package org.feuerprobe.campaign;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.probe.ClockFitness;

/**
 * In how many boots was the clock not found fit, and what was found of it in the first of them? On
 * times of such boots nothing is decided, and where they are shown this is shown with them.
 *
 * @param unfit at least one
 * @param boots those looked at, these among them
 */
public record UnfitClocks(int unfit, int boots, Found first) {
    /** What makes a clock fit that was not. */
    private static final String REMEDY =
            "it takes a quieter machine, or a kernel that counts spans by a second clock";

    /** Said of a boot in which the kernel told nothing of its clock. */
    public static final String UNTOLD = "told nothing of its clock";

    private static final String FIT = "FIT";

    /**
     * What was found of one boot's clock.
     *
     * @param state {@link ClockFitness#state}; empty where the kernel told nothing of its clock
     * @param text the same and all else that is known of it
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

    /** Of these boots; empty where every clock was found fit. */
    public static Optional<UnfitClocks> of(List<CampaignResult.Boot> boots) {
        return among(boots.stream().map(Found::of).toList());
    }

    /** The same of boots that are no longer at hand. */
    public static Optional<UnfitClocks> among(List<Found> boots) {
        List<Found> unfit = boots.stream().filter(found -> !found.fit()).toList();
        return unfit.isEmpty()
                ? Optional.empty()
                : Optional.of(new UnfitClocks(unfit.size(), boots.size(), unfit.getFirst()));
    }

    /** Why their times decide nothing, and what would mend it. */
    public String reason() {
        return "in %d of %d boot%s the clock was not found fit; boot %d: %s: %s"
                .formatted(unfit, boots, boots == 1 ? "" : "s", first.boot, first.text, REMEDY);
    }
}
