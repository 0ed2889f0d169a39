package org.feuerprobe.guest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.RegionCounts;

/** Where a serial line comes from. Each opening is a fresh boot, as far as the source can. */
public interface SerialSource {
    /** Opens the line for the boot of this number. */
    Line open(int number) throws IOException;

    /** Whether two openings must carry the same values. */
    boolean exact();

    /** How many different boots there are to be heard: see {@link Target#distinctBoots}. */
    default int boots() throws IOException {
        return Integer.MAX_VALUE;
    }

    /** What a person should know of what will be heard; empty where there is nothing to say. */
    default String notice() throws IOException {
        return "";
    }

    /** An open line; closing it ends what sends. */
    interface Line extends AutoCloseable {
        InputStream stream();

        /** Whether the sender may be in the middle of something, and a person has to reset it. */
        default boolean live() {
            return false;
        }

        /** Lines of the recording that come before what is heard; 0 where nothing is recorded. */
        default int before() {
            return 0;
        }

        /**
         * What the emulator's plugin counted, once all has been said; empty where nothing counts.
         * The sender ends for it.
         */
        default Optional<RegionCounts> counts() throws ProbeFormatException, InterruptedException {
            return Optional.empty();
        }

        /** The clock by which the sender is given up. */
        default FairClock clock() {
            return FairClock.plain();
        }

        /** What the sender said when it ended by itself; empty where nothing is known. */
        String ending() throws InterruptedException;

        @Override
        void close();
    }
}
