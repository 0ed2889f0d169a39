package org.feuerprobe.testbed;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The machine around one campaign: which it is, and in what condition before and after.
 *
 * @param before the seventeen checks, before the first boot; {@code after} the last, which say what
 *     grew between
 * @param steal time that the hypervisor gave to others; empty where the kernel does not tell
 */
public record TestbedState(
        Fingerprint fingerprint, List<Check> before, List<Check> after, Optional<Stolen> steal) {
    /**
     * Ticks of 10 ms.
     *
     * @param before since the machine's boot, when the campaign began; {@code after} when it ended
     * @param during growth while it measured
     */
    public record Stolen(long before, long during, long after) {}

    public TestbedState {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** The machine before a campaign. */
    public static Begun begin(SystemFiles files, int core, Fingerprint fingerprint) {
        return begin(files, core, fingerprint, OptionalDouble.empty());
    }

    /**
     * The same, knowing how fast the core is.
     *
     * @param speed cycles of the core in a tick of its time-stamp counter
     */
    public static Begun begin(
            SystemFiles files, int core, Fingerprint fingerprint, OptionalDouble speed) {
        return new Begun(files, fingerprint, Fitness.watch(files, core, speed), Steal.ticks(files));
    }

    /** A campaign under way on it. */
    public record Begun(
            SystemFiles files,
            Fingerprint fingerprint,
            Fitness.Watch watch,
            Optional<Long> stolen) {
        /** Call it when measuring is done. */
        public TestbedState end() {
            return end(OptionalDouble.empty());
        }

        /** The same, knowing how fast the core is now. */
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
