package org.feuerprobe.testbed;

import java.util.List;
import java.util.Optional;

/**
 * The machine around one campaign: which it is, and in what condition before and after.
 *
 * @param before the seventeen checks, before the first boot; {@code after} the last
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
        return new Begun(files, core, fingerprint, Fitness.of(files, core), Steal.ticks(files));
    }

    /** A campaign under way on it. */
    public record Begun(
            SystemFiles files,
            int core,
            Fingerprint fingerprint,
            List<Check> before,
            Optional<Long> stolen) {
        /** Call it when measuring is done. */
        public TestbedState end() {
            Optional<Long> after = Steal.ticks(files);
            return new TestbedState(
                    fingerprint,
                    before,
                    Fitness.of(files, core),
                    stolen.isPresent() && after.isPresent()
                            ? Optional.of(
                                    new Stolen(
                                            stolen.get(), after.get() - stolen.get(), after.get()))
                            : Optional.empty());
        }
    }
}
