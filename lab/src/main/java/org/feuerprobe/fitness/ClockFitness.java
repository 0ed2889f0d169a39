package org.feuerprobe.fitness;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the clock of one boot is trustworthy. The kernel reports three kinds of evidence before
 * it measures: pairs of reads with nothing between them, spans of many lengths, and spans that a
 * second clock counted too.
 *
 * @param emptyMin ticks between two reads with nothing between them: the smallest
 * @param emptyP90 their 90th percentile
 * @param step smallest distance between values that occur; empty if the kernel reported no spans
 * @param monotonic whether no span was negative
 * @param agreement with a second clock; empty if the kernel has none
 */
public record ClockFitness(
        long emptyMin,
        long emptyP90,
        Optional<Long> step,
        boolean monotonic,
        Optional<Agreement> agreement) {
    /**
     * Limit on the median deviation. A median, because an interrupt between two reads spoils only
     * one span.
     */
    private static final double MOST_DEVIATION = 0.01;

    /** How to get a trustworthy clock. */
    public static final String REMEDY =
            "use a quieter machine, or a kernel that counts spans by a second clock";

    private static final int SPANS = 1;
    private static final int PAIRS = 2;

    /**
     * Agreement of two clocks over the same spans.
     *
     * @param ratio median number of the other clock's ticks for one tick of this clock
     * @param deviation median distance of the single ratios from {@code ratio}, as a share of it
     * @param spans number of spans that both clocks counted
     */
    public record Agreement(double ratio, double deviation, int spans) {}

    /** Evaluates the calibration of a run; {@code empty} must not be empty. */
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
     * A counter's step: the smallest distance between values that occur. Two values one tick apart
     * count as one value, because a step need not be a whole number of ticks.
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

    /** Trust in what this clock timed; UNKNOWN if nothing is wrong but no second clock agrees. */
    public Trust trust() {
        return new Trust(state(), text(), state() == Trust.State.FIT ? "" : REMEDY);
    }

    /** Trust in what a clock timed of which the kernel reported nothing. */
    public static Trust unreported() {
        return Trust.unknown("the kernel reported nothing on its clock", REMEDY);
    }

    private Trust.State state() {
        if (!monotonic || agreement.filter(a -> a.deviation > MOST_DEVIATION).isPresent()) {
            return Trust.State.UNFIT;
        }
        return agreement.isPresent() ? Trust.State.FIT : Trust.State.UNKNOWN;
    }

    /** One line for people. */
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
                                                "%.4f ticks of a second clock per tick, within %.2f %% (%d spans)",
                                                a.ratio,
                                                100 * a.deviation,
                                                a.spans))
                                .orElse("no second clock to compare with"));
    }
}
