package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Noise of a processor. A thread reads the clock without pause; a gap between two reads is time
 * that something else used.
 *
 * @param seconds duration of the probe
 * @param histogram number of gaps by length; the key is the lower end of each class in nanoseconds
 * @param longestMicros the longest gap
 * @param lost share of the time lost to gaps of a microsecond or more
 * @param switches involuntary context switches of the probe's thread; empty if Linux does not
 *     report them
 * @param waitedMicros time in which the thread was ready but did not run; empty if Linux does not
 *     report it
 */
public record NoiseProbe(
        double seconds,
        Map<Long, Long> histogram,
        double longestMicros,
        double lost,
        OptionalLong switches,
        OptionalLong waitedMicros) {
    private static final Path THREAD = Path.of("/proc/thread-self");
    private static final Pattern SWITCHES =
            Pattern.compile("(?s).*nonvoluntary_ctxt_switches:\\s*([0-9]{1,18}).*");
    private static final Pattern WAITED = Pattern.compile("(?s)[0-9]+ ([0-9]{1,18}) .*");
    private static final double MICROSECOND = 1000;

    static NoiseProbe run(NativeLibrary library, Duration length) {
        double ticksPerNano = (double) library.ticks(10_000_000) / 1e7;
        OptionalLong switches = reported("status", SWITCHES);
        OptionalLong waited = reported("schedstat", WAITED);
        NativeLibrary.Gaps gaps = library.noise((long) ((double) length.toNanos() * ticksPerNano));
        Map<Long, Long> histogram = new TreeMap<>();
        double lost = 0;
        for (Map.Entry<Integer, Long> gap : gaps.histogram().entrySet()) {
            double nanos = Math.scalb(1.0, gap.getKey()) / ticksPerNano;
            histogram.merge((long) nanos, gap.getValue(), Long::sum);
            if (nanos >= MICROSECOND) {
                lost += 1.5 * nanos * (double) gap.getValue(); // the middle of the class
            }
        }
        return new NoiseProbe(
                length.toMillis() / 1000.0,
                histogram,
                (double) gaps.longest() / ticksPerNano / 1000,
                Math.min(1, lost / (double) length.toNanos()),
                growth(switches, reported("status", SWITCHES), 1),
                growth(waited, reported("schedstat", WAITED), 1000));
    }

    private static OptionalLong reported(String file, Pattern number) {
        try {
            Matcher found = number.matcher(Files.readString(THREAD.resolve(file)));
            return found.matches()
                    ? OptionalLong.of(Long.parseLong(found.group(1)))
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong growth(OptionalLong from, OptionalLong to, long unit) {
        return from.isPresent() && to.isPresent()
                ? OptionalLong.of((to.getAsLong() - from.getAsLong()) / unit)
                : OptionalLong.empty();
    }
}
