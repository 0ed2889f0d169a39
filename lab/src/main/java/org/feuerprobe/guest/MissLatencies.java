package org.feuerprobe.guest;

/**
 * What does a load cost on this processor, by the level that has the line? Cycles of the core, the
 * mean of the quickest 256 loads in a row of many passes over lines in random order, on large pages
 * where Linux gives them.
 *
 * @param second a dependent load that hits the second level; {@code third} the one behind it, after
 *     four times as many other lines as the second holds; {@code memory} a line that no cache has
 * @param firstTogether an independent load of the first level, {@code secondTogether} of the
 *     second, {@code thirdTogether} of the third: what overlap leaves
 */
public record MissLatencies(
        double second,
        double third,
        double memory,
        double firstTogether,
        double secondTogether,
        double thirdTogether) {
    private static final int LINE = 64;
    private static final int FLUSHED = 1;
    private static final int TOGETHER = 2;

    /** Loads that are timed together: a window is so short that some are undisturbed. */
    private static final int WINDOW = 256;

    private static final int ROUNDS = 40;

    /** Few lines, so that a pass ends before its thread is sent away; far apart, on few pages. */
    private static final int FAR_LINES = 2048;

    private static final int FAR_APART = 2048;

    static MissLatencies read(NativeLibrary library, CacheGeometry caches) {
        double cycles = NativeClock.cyclesPerTick(library);
        long first = lines(caches.data(), 0.5);
        long second = lines(caches.second(), 0.25);
        long driven = 4096L * caches.second().kib();
        return new MissLatencies(
                cycles * each(library, second, LINE, 0, 0),
                cycles * each(library, FAR_LINES, FAR_APART, 0, driven),
                cycles * each(library, FAR_LINES, FAR_APART, FLUSHED, 0),
                cycles * each(library, first, LINE, TOGETHER, 0),
                cycles * each(library, second, LINE, TOGETHER, 0),
                cycles * each(library, FAR_LINES, FAR_APART, TOGETHER, driven));
    }

    private static long lines(CacheGeometry.Level level, double share) {
        long all = (long) (share * level.kib() * 1024 / LINE);
        return Math.max(WINDOW, all / WINDOW * WINDOW);
    }

    private static double each(
            NativeLibrary library, long lines, long apart, int how, long between) {
        return (double) library.misses(lines, apart, how, between, ROUNDS) / WINDOW;
    }
}
