package org.feuerprobe.probe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is the clock of this boot worth? From what the kernel told of it before it measured: the
 * empty pair, spans of many lengths, and spans that another clock counted too.
 *
 * @param emptyMin ticks of the empty pair: smallest, and 90th percentile in {@code emptyP90}
 * @param step smallest distance between values that occur; empty where no spans were told
 * @param monotonic whether no span was negative
 * @param agreement with another clock; empty where the kernel has none
 */
public record ClockFitness(
        long emptyMin,
        long emptyP90,
        Optional<Long> step,
        boolean monotonic,
        Optional<Agreement> agreement) {
    /** Half of the spans may deviate by so much: an interrupt between two reads spoils one span. */
    private static final double MOST_DEVIATION = 0.01;

    private static final int SPANS = 1;
    private static final int PAIRS = 2;

    /**
     * Two clocks over the same spans.
     *
     * @param ratio ticks of the other to one of ours, the median
     * @param deviation median of the ratios' distances from it, as a share of it
     */
    public record Agreement(double ratio, double deviation, int spans) {}

    /** Reads the calibration of a run; {@code empty} must hold values. */
    public static ClockFitness of(long[] empty, Map<Integer, long[]> clock) {
        long[] sorted = empty.clone();
        Arrays.sort(sorted);
        long[] spans = clock.getOrDefault(SPANS, new long[0]);
        long[] pairs = clock.getOrDefault(PAIRS, new long[0]);
        boolean monotonic =
                Arrays.stream(empty).allMatch(ticks -> ticks >= 0)
                        && Arrays.stream(spans).allMatch(ticks -> ticks >= 0);
        return new ClockFitness(
                sorted[0],
                sorted[(int) (sorted.length * 0.9)],
                spans.length < 2 ? Optional.empty() : Optional.of(step(spans)),
                monotonic,
                agreement(pairs));
    }

    private static Optional<Agreement> agreement(long[] pairs) {
        double[] ratios = new double[pairs.length / 2];
        for (int i = 0; i < ratios.length; i++) {
            if (pairs[2 * i] <= 0) {
                return Optional.empty();
            }
            ratios[i] = (double) pairs[2 * i + 1] / pairs[2 * i];
        }
        if (ratios.length == 0 || median(ratios) <= 0) {
            return Optional.empty();
        }
        double ratio = median(ratios);
        double[] distances = Arrays.stream(ratios).map(r -> Math.abs(r - ratio) / ratio).toArray();
        return Optional.of(new Agreement(ratio, median(distances), ratios.length));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /**
     * A counter's step: the smallest distance between values that occur, where neighbours of one
     * tick are one value, because a step need not be a whole number of ticks.
     */
    public static long step(long[] spans) {
        long[] values = Arrays.stream(spans).sorted().distinct().toArray();
        long smallest = Long.MAX_VALUE;
        long neighbours = 0;
        for (int i = 1; i < values.length; i++) {
            long distance = values[i] - values[i - 1];
            if (distance > 1) {
                smallest = Math.min(smallest, distance);
            } else {
                neighbours++;
            }
        }
        boolean everyValue = smallest == Long.MAX_VALUE || neighbours > 3L * values.length / 4;
        return everyValue ? 1 : smallest + 1;
    }

    /** FIT, UNFIT, or UNKNOWN where nothing is wrong and no other clock could confirm it. */
    public String state() {
        if (!monotonic || agreement.filter(a -> a.deviation > MOST_DEVIATION).isPresent()) {
            return "UNFIT";
        }
        return agreement.isPresent() ? "FIT" : "UNKNOWN";
    }

    /** In a line, for people. */
    public String text() {
        return "%s: empty pair %d ticks, 90th percentile %d; %s; %s; %s"
                .formatted(
                        state(),
                        emptyMin,
                        emptyP90,
                        step.map(ticks -> "step " + ticks).orElse("step unknown"),
                        monotonic ? "never runs backwards" : "runs backwards",
                        agreement
                                .map(a ->
                                        String.format(
                                                Locale.ROOT,
                                                "%.4f ticks of another clock to one of this, within %.2f %% (%d spans)",
                                                a.ratio,
                                                100 * a.deviation,
                                                a.spans))
                                .orElse("no other clock to hold it against"));
    }
}
