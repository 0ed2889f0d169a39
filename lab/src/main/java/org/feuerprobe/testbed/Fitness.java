package org.feuerprobe.testbed;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Checks whether this machine is quiet and steady enough for timed figures. The seventeen
 * conditions come from benchmark harnesses (pyperf, LLVM, krun, rustc-perf; {@code docs/testbed.md}
 * lists them). Counts of the emulator need none of them.
 *
 * <p>Some conditions can only be judged by the growth of a counter: interrupts, waiting,
 * throttling, lines of the kernel's log. {@link #watch} reads the counters; {@link Watch#checks}
 * judges their growth since then.
 */
public final class Fitness {
    private Fitness() {}

    /** Checks all seventeen conditions at one moment, for one processor. */
    public static List<Check> of(SystemFiles files, int core) {
        return watch(files, core).before();
    }

    /** Starts watching the machine before a measurement on a processor. */
    public static Watch watch(SystemFiles files, int core) {
        return watch(files, core, OptionalDouble.empty());
    }

    /**
     * Starts watching, with the core's speed known.
     *
     * @param speed core cycles per tick of the time-stamp counter
     */
    public static Watch watch(SystemFiles files, int core, OptionalDouble speed) {
        HostCounters from = HostCounters.read(files, core);
        return new Watch(
                files,
                core,
                from,
                speed,
                rows(files, core, new Period(Optional.empty(), from, speed, speed)));
    }

    /** The machine's state before a measurement, to compare with later states. */
    public static final class Watch {
        private final SystemFiles files;
        private final int core;
        private final HostCounters from;
        private final OptionalDouble speed;
        private final List<Check> before;

        private Watch(
                SystemFiles files,
                int core,
                HostCounters from,
                OptionalDouble speed,
                List<Check> before) {
            this.files = files;
            this.core = core;
            this.from = from;
            this.speed = speed;
            this.before = before;
        }

        /** The checks before the measurement; counters have grown since the machine's boot. */
        public List<Check> before() {
            return before;
        }

        /** The checks now; counters have grown since {@link #watch}. */
        public List<Check> checks() {
            return checks(OptionalDouble.empty());
        }

        /** The checks now, with the core's present speed known. */
        public List<Check> checks(OptionalDouble speedNow) {
            return rows(
                    files,
                    core,
                    new Period(Optional.of(from), HostCounters.read(files, core), speed, speedNow));
        }
    }

    /**
     * Period of a measurement.
     *
     * @param from counters at the start; empty if the measurement has not started
     * @param to counters at the end, or now
     * @param speedFrom core cycles per tick at the start
     * @param speedTo core cycles per tick at the end
     */
    record Period(
            Optional<HostCounters> from,
            HostCounters to,
            OptionalDouble speedFrom,
            OptionalDouble speedTo) {}

    private static List<Check> rows(SystemFiles files, int core, Period span) {
        CoreConditions own = new CoreConditions(files, core, span);
        SystemConditions all = new SystemConditions(files, span);
        return List.of(
                own.governor(),
                own.turbo(),
                own.frequency(),
                own.smt(),
                own.isolation(),
                own.idleStates(),
                own.interrupts(),
                all.contention(),
                all.layout(),
                all.clock(),
                all.watchdogs(),
                all.memory(),
                all.counters(),
                all.mitigations(),
                all.virtual(),
                all.power(),
                all.kernelLog());
    }
}
