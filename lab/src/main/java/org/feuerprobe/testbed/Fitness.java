package org.feuerprobe.testbed;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Is this machine quiet and steady enough for timed figures? Seventeen conditions that benchmark
 * harnesses ask for (pyperf, LLVM, krun, rustc-perf; {@code docs/testbed.md} has the list). Counts
 * of the emulator need none of them.
 *
 * <p>Some conditions tell by their growth alone: interrupts, waiting, throttling, lines of the
 * kernel's log. {@link #watch} begins, {@link Watch#checks} says what grew since.
 */
public final class Fitness {
    private Fitness() {}

    /** All seventeen at one moment, for one processor. */
    public static List<Check> of(SystemFiles files, int core) {
        return watch(files, core).before();
    }

    /** Looks at the machine before something is measured on a processor. */
    public static Watch watch(SystemFiles files, int core) {
        return watch(files, core, OptionalDouble.empty());
    }

    /**
     * The same, knowing how fast the core is.
     *
     * @param speed cycles of the core in a tick of its time-stamp counter
     */
    public static Watch watch(SystemFiles files, int core, OptionalDouble speed) {
        Moment from = Moment.read(files, core);
        return new Watch(
                files,
                core,
                from,
                speed,
                rows(files, core, new Span(Optional.empty(), from, speed, speed)));
    }

    /** What was read before, and how to read what grew. */
    public static final class Watch {
        private final SystemFiles files;
        private final int core;
        private final Moment from;
        private final OptionalDouble speed;
        private final List<Check> before;

        private Watch(
                SystemFiles files,
                int core,
                Moment from,
                OptionalDouble speed,
                List<Check> before) {
            this.files = files;
            this.core = core;
            this.from = from;
            this.speed = speed;
            this.before = before;
        }

        /** The checks when it began: what grows is since the machine's boot. */
        public List<Check> before() {
            return before;
        }

        /** The checks now: what grows has grown since it began. */
        public List<Check> checks() {
            return checks(OptionalDouble.empty());
        }

        /** The same, knowing how fast the core is now. */
        public List<Check> checks(OptionalDouble speedNow) {
            return rows(
                    files,
                    core,
                    new Span(Optional.of(from), Moment.read(files, core), speed, speedNow));
        }
    }

    /**
     * Time in which something was measured.
     *
     * @param from empty where it only begins
     * @param speedFrom cycles of the core in a tick at the beginning, {@code speedTo} at the end
     */
    record Span(
            Optional<Moment> from, Moment to, OptionalDouble speedFrom, OptionalDouble speedTo) {}

    private static List<Check> rows(SystemFiles files, int core, Span span) {
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
