package org.feuerprobe.energy;

import org.feuerprobe.sample.Numbers;

/**
 * Energy of an operation in one boot: {@code (E - idle * t) / n}.
 *
 * @param joules what one operation takes beyond the idle machine
 * @param seconds time of one operation
 */
public record OperationEnergy(double joules, double seconds) {
    /** A value rests on so many updates of its source, so that one of them is 1 % of it. */
    public static final int FEWEST_UPDATES = 100;

    /**
     * What a boot measured.
     *
     * @param joules all energy while the operations ran
     * @param seconds how long they ran
     * @param updates of the source in this time
     * @param operations number of operations
     */
    public record Measured(double joules, double seconds, long updates, long operations) {}

    /** Power of the machine at rest. */
    public record Idle(double joules, double seconds, long updates) {
        /** Its mean power. */
        public double watts() {
            return joules / seconds;
        }
    }

    /** The energy, or an exception that says what was too little. */
    public static OperationEnergy of(Measured measured, Idle idle) {
        require("while the operations ran", measured.updates);
        require("while the machine was idle", idle.updates);
        if (measured.operations < 1 || !(measured.seconds > 0) || !(idle.seconds > 0)) {
            throw new IllegalArgumentException("no operation or no time was measured");
        }
        return new OperationEnergy(
                (measured.joules - idle.watts() * measured.seconds) / measured.operations,
                measured.seconds / measured.operations);
    }

    private static void require(String when, long updates) {
        if (updates < FEWEST_UPDATES) {
            throw new IllegalArgumentException(
                    "the source changed %s %s, want at least %d: measure longer"
                            .formatted(Numbers.counted(updates, "time"), when, FEWEST_UPDATES));
        }
    }

    /** Energy-delay product in joule-seconds. */
    public double energyDelay() {
        return joules * seconds;
    }
}
