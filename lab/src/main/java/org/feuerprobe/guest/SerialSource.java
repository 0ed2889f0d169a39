package org.feuerprobe.guest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.RegionCounts;

/** Source of a serial line. Each opening is a fresh boot, if the source can boot. */
public interface SerialSource {
    /** Opens the line for boot {@code number}. */
    Line open(int number) throws IOException;

    /** Whether two openings must carry the same values. */
    boolean exact();

    /** Whether this is a recording of counts; see {@link Target#recordsCounts}. */
    default boolean recordsCounts() {
        return false;
    }

    /** Number of different boots that the source can provide; see {@link Target#distinctBoots}. */
    default int boots() throws IOException {
        return Integer.MAX_VALUE;
    }

    /** A remark on the source for people; empty if there is none. */
    default String notice() throws IOException {
        return "";
    }

    /** An open line. Closing it ends the sender. */
    interface Line extends AutoCloseable {
        /** The ending of an emulator whose machine was reset or switched off. */
        String ENDED_NORMALLY = "exit status 0";

        InputStream stream();

        /**
         * Whether the sender runs by itself, so that a person must reset it before a boot starts.
         */
        default boolean live() {
            return false;
        }

        /** Number of lines in the recording before this boot; 0 if the line is not a recording. */
        default int before() {
            return 0;
        }

        /**
         * What the emulator's plugin counted, after the run is complete; empty if there is no
         * plugin. This ends the sender.
         */
        default Optional<RegionCounts> counts() throws ProbeFormatException, InterruptedException {
            return Optional.empty();
        }

        /** The clock that measures the sender's time limits. */
        default FairClock clock() {
            return FairClock.plain();
        }

        /** How the sender ended by itself, for people. */
        String ending() throws InterruptedException;

        @Override
        void close();
    }
}
