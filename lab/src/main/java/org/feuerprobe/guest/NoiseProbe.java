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
 * How quiet is the processor? The clock was read without pause; a gap is time that somebody else
 * had.
 *
 * @param seconds of the probe
 * @param histogram gaps by length in nanoseconds, keyed by the power of two below them
 * @param longestMicros the longest gap
 * @param lost share of the time that went to gaps of a microsecond and more
 * @param switches of the probe's thread that it did not want; empty where Linux does not tell
 * @param waitedMicros time in which it could have run and did not
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
        OptionalLong switches = told("status", SWITCHES);
        OptionalLong waited = told("schedstat", WAITED);
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
                growth(switches, told("status", SWITCHES), 1),
                growth(waited, told("schedstat", WAITED), 1000));
    }

    private static OptionalLong told(String file, Pattern number) {
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
