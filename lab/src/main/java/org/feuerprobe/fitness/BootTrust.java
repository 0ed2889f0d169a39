package org.feuerprobe.fitness;

import java.util.List;
import org.feuerprobe.sample.Numbers;

/**
 * Trust in the clock of one boot.
 *
 * @param boot number of the boot
 * @param clock trust in what the clock timed in it
 */
public record BootTrust(int boot, Trust clock) {
    /** The clock of this boot; unknown if the list does not have it. */
    static BootTrust in(List<BootTrust> clocks, int boot) {
        return clocks.stream()
                .filter(clock -> clock.boot == boot)
                .findFirst()
                .orElseGet(() ->
                        new BootTrust(
                                boot,
                                Trust.unknown(
                                        "nothing is recorded of its clock",
                                        "measure again with this version")));
    }

    /** Trust in figures that come from all of these boots: one bad clock spoils them. */
    public static Trust all(List<BootTrust> boots) {
        List<BootTrust> doubtful = boots.stream().filter(boot -> !boot.clock.believed()).toList();
        if (doubtful.isEmpty()) {
            return Trust.fit("the clock was trustworthy in every boot");
        }
        BootTrust first = doubtful.getFirst();
        Trust worst = doubtful.stream().map(BootTrust::clock).reduce(first.clock, Trust::and);
        return new Trust(
                worst.state(),
                "in %d of %s the clock was not trustworthy; boot %d: %s"
                        .formatted(
                                doubtful.size(),
                                Numbers.counted(boots.size(), "boot"),
                                first.boot,
                                first.clock.why()),
                first.clock.remedy());
    }
}
