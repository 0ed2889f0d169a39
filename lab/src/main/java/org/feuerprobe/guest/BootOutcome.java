package org.feuerprobe.guest;

import java.time.Duration;
import java.util.Optional;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.probe.RegionCounts;
import org.feuerprobe.probe.RegionProfile;

/** Outcome of a boot. */
public sealed interface BootOutcome {
    /**
     * The run is complete.
     *
     * @param counts what the emulator's plugin counted; empty if the boot ran without it
     * @param profile where the instructions are; empty if no profile was asked for
     */
    record Completed(
            ProbeRun run,
            Duration took,
            Optional<RegionCounts> counts,
            Optional<RegionProfile> profile)
            implements BootOutcome {
        public Completed(ProbeRun run, Duration took) {
            this(run, took, Optional.empty());
        }

        public Completed(ProbeRun run, Duration took, Optional<RegionCounts> counts) {
            this(run, took, counts, Optional.empty());
        }
    }

    /**
     * The boot failed.
     *
     * @param detail one line of text
     * @param log the end of what came over the serial line
     * @param finished the entries that were finished before, and the others as lost; empty if there
     *     is no finished entry with samples, or if the failure makes its values doubtful
     */
    record Failed(Failure failure, String detail, String log, Optional<Completed> finished)
            implements BootOutcome {
        public Failed(Failure failure, String detail, String log) {
            this(failure, detail, log, Optional.empty());
        }

        /** The same failure, and what the boot had finished. */
        public Failed having(Completed done) {
            return new Failed(
                    failure,
                    detail,
                    log,
                    failure.keepsFinished() && done.run().hasSamples()
                            ? Optional.of(done)
                            : Optional.empty());
        }
    }

    /** Why a boot failed; {@code docs/probe.md} section 7 says how each failure is detected. */
    enum Failure {
        PANIC("the kernel panicked"),
        REFUSED("the kernel refused the plan"),
        OUT_OF_ROOM("the kernel ran out of room for samples"),
        RESET("the machine reset (a triple fault or a reboot) or switched itself off"),
        HANG("the kernel stopped making progress"),
        TIME_LIMIT("the boot's time limit ended, and the kernel was still making progress"),
        FLOOD("the kernel flooded the serial line"),
        CORRUPT("the kernel's output is corrupt"),
        NOT_COUNTED("the values are no counts of instructions"),
        DIED("the boot ended before it was complete"),
        MISSING("something that the boot needs is missing"),
        NO_ROOM("the host has no room for the guest's memory");

        private final String meaning;

        Failure(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }

        /**
         * Whether entries that were finished before are as good as those of a complete boot. A
         * corrupt line or wrong counts make all values doubtful.
         */
        public boolean keepsFinished() {
            return switch (this) {
                case PANIC, RESET, HANG, TIME_LIMIT -> true;
                case REFUSED, OUT_OF_ROOM, FLOOD, CORRUPT, NOT_COUNTED, DIED, MISSING, NO_ROOM ->
                        false;
            };
        }
    }
}
