package org.feuerprobe.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Description;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Resolution;

/**
 * The values of one timed point as intervals.
 *
 * @param unit unit of the values: nanoseconds, or ticks of a clock
 * @param resolution resolution of that clock
 */
record TimedValues(Measurement measurement, String unit, Resolution resolution) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Upper limit on the cost of each call. */
    List<double[]> upper() {
        return measurement.boots().stream()
                .map(boot ->
                        Arrays.stream(boot.atMost())
                                .map(resolution.of(boot.batch())::atMost)
                                .toArray())
                .toList();
    }

    /** Lower limit on the cost of each call, after subtracting the twin's mean. */
    double[] lower(BootSamples boot) {
        double usual = usual(boot);
        return Arrays.stream(boot.operation())
                .mapToDouble(v -> (v - usual) / boot.batch())
                .map(resolution.of(boot.batch())::atLeast)
                .toArray();
    }

    static double usual(BootSamples boot) {
        return Arrays.stream(boot.twin()).average().orElseThrow();
    }

    /** Standard error of a boot's mean overhead, in ticks per call. */
    static double twinError(BootSamples boot) {
        return MeanUnits.error(
                Arrays.stream(boot.twin()).mapToDouble(t -> (double) t / boot.batch()).toArray());
    }

    static double[] all(List<double[]> boots) {
        return boots.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    boolean batched() {
        return measurement.boots().stream().anyMatch(boot -> boot.batch() > 1);
    }

    /** Lower limit on the mean of a boot, with its standard error. */
    record Averaged(double mean, double error) {
        double chance(double limit) {
            return mean > limit && error >= 0 ? tail(mean - limit, error, NORMAL) : 1;
        }
    }

    Averaged averaged(BootSamples boot) {
        double[] own = lower(boot);
        return new Averaged(
                Description.mean(own) + averagedStep(own, resolution.slowest()),
                Math.hypot(MeanUnits.error(own), resolution.fastest() * twinError(boot)));
    }

    /** Probability of a mean at least this far off. */
    static double tail(double distance, double error, ContinuousDistribution law) {
        return error == 0 ? 0 : law.survivalProbability(distance / error);
    }

    /**
     * The part of the limits that averaging removes. The clock's steps are independent of the
     * calls, so their error vanishes in a mean. If all values are equal, the loop may run in step
     * with the clock, and the part is 0.
     */
    double averagedStep(double[] values, double cyclesPerTick) {
        return Arrays.stream(values).allMatch(value -> value == values[0])
                ? 0
                : resolution.quantum() / measurement.boots().getFirst().batch() * cyclesPerTick;
    }

    String at() {
        return measurement.parameters().toString();
    }

    String clock() {
        long overhead = measurement.boots().getFirst().overhead();
        if (Metric.NANOSECONDS.is(unit)) {
            return String.format(
                    Locale.ROOT,
                    "quantum %.1f ns, overhead %d ns taken off, right within %.1f %%",
                    resolution.quantum(),
                    overhead,
                    100 * (resolution.fastest() - 1));
        }
        return String.format(
                Locale.ROOT,
                "quantum %.0f ticks, overhead %d ticks taken off, %.2f to %.2f cycles a tick",
                resolution.quantum(),
                overhead,
                resolution.slowest(),
                resolution.fastest());
    }
}
