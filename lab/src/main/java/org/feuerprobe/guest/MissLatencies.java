package org.feuerprobe.guest;

/**
 * Cost of a load on this processor, by the cache level that has the line, in cycles of the core.
 * Each figure is the mean of the 256 consecutive loads that were quickest, from many passes over
 * lines in random order. The lines are on large pages if Linux provides them.
 *
 * @param second a dependent load that hits the second level
 * @param third a dependent load after enough other lines to fill the second level four times
 * @param memory a dependent load of a line that no cache has
 * @param firstTogether an independent load that hits the first level, where overlap hides part of
 *     the cost
 * @param secondTogether an independent load that hits the second level
 * @param thirdTogether an independent load of the third level
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

    /**
     * Number of loads timed as one window. The window is short, so that some windows stay
     * undisturbed.
     */
    private static final int WINDOW = 256;

    private static final int ROUNDS = 40;

    /**
     * Few lines, so that a pass ends before its thread is preempted. They lie far apart, on few
     * pages.
     */
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
            NativeLibrary library, long lines, long distance, int how, long between) {
        return (double) library.misses(lines, distance, how, between, ROUNDS) / WINDOW;
    }
}
