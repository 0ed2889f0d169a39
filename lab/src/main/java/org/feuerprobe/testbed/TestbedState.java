package org.feuerprobe.testbed;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The machine of one campaign: its identity, and its condition before and after.
 *
 * @param before the seventeen checks before the first boot
 * @param after the same checks after the last boot, which also judge what grew between
 * @param steal time that the hypervisor gave to other guests; empty if Linux does not report it
 */
public record TestbedState(
        Fingerprint fingerprint, List<Check> before, List<Check> after, Optional<Stolen> steal) {
    /**
     * Time that the hypervisor gave to other guests, in ticks of 10 ms.
     *
     * @param before ticks since the machine's boot, at the start of the campaign
     * @param during growth during the campaign
     * @param after ticks since the machine's boot, at the end of the campaign
     */
    public record Stolen(long before, long during, long after) {}

    public TestbedState {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** Reads the machine's state before a campaign. */
    public static Begun begin(SystemFiles files, int core, Fingerprint fingerprint) {
        return begin(files, core, fingerprint, OptionalDouble.empty());
    }

    /**
     * Reads the machine's state before a campaign, with the core's speed known.
     *
     * @param speed core cycles per tick of the time-stamp counter
     */
    public static Begun begin(
            SystemFiles files, int core, Fingerprint fingerprint, OptionalDouble speed) {
        return new Begun(files, fingerprint, Fitness.watch(files, core, speed), Steal.ticks(files));
    }

    /** The machine's state at the start of a campaign that is still running. */
    public record Begun(
            SystemFiles files,
            Fingerprint fingerprint,
            Fitness.Watch watch,
            Optional<Long> stolen) {
        /** Completes the state; call this when the campaign has ended. */
        public TestbedState end() {
            return end(OptionalDouble.empty());
        }

        /** Completes the state, with the core's present speed known. */
        public TestbedState end(OptionalDouble speed) {
            Optional<Long> after = Steal.ticks(files);
            return new TestbedState(
                    fingerprint,
                    watch.before(),
                    watch.checks(speed),
                    stolen.isPresent() && after.isPresent()
                            ? Optional.of(
                                    new Stolen(
                                            stolen.get(), after.get() - stolen.get(), after.get()))
                            : Optional.empty());
        }
    }
}
