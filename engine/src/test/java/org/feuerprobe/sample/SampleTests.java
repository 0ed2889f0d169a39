package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SampleTests {
    @Test
    void takesTheTwinsMeanOffEachValueAndDividesByTheBatch() {
        BootSamples boot = boot(2, new long[] {31, 25, 19}, 22, 20, 21);
        assertThat(boot.overhead()).isEqualTo(20);
        assertThat(boot.net()).containsExactly(5.0, 2.0, -1.0);
        assertThat(boot.atMost()).containsExactly(5.5, 2.5, -0.5);
        assertThat(boot.overheadIsStable()).isFalse();
        assertThat(boot(1, new long[] {1}, 7, 7).overheadIsStable()).isTrue();
    }

    @Test
    void comparesBatchOperationAndTwin() {
        BootSamples boot = boot(1, new long[] {1, 2}, 3);
        assertThat(boot.sameValues(new BootSamples(9, 9, 1, new long[] {1, 2}, new long[] {3})))
                .isTrue();
        assertThat(boot.sameValues(boot(2, new long[] {1, 2}, 3))).isFalse();
        assertThat(boot.sameValues(boot(1, new long[] {2, 1}, 3))).isFalse();
        assertThat(boot.sameValues(boot(1, new long[] {1, 2}, 4))).isFalse();
    }

    @Test
    void summarisesWithValuesThatOccurred() {
        assertThat(Summary.of(new double[] {3, 1, 2, 10}))
                .isEqualTo(new Summary(4, 1, 2, 10, 10, 4));
        assertThat(Summary.of(new double[] {7})).isEqualTo(new Summary(1, 7, 7, 7, 7, 7));
        double[] hundred = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
        assertThat(Summary.of(hundred)).isEqualTo(new Summary(100, 1, 50, 99, 100, 50.5));
        double[] more = DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(hundred)).toArray();
        assertThat(Summary.of(more).p99()).isEqualTo(99);
        assertThat(Summary.of(more).median()).isEqualTo(50);
    }

    @Test
    void leavesTheCallersArrayInItsOrder() {
        double[] values = {3, 1, 2};
        assertThat(Summary.of(values).min()).isEqualTo(1);
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Test
    void findsTheExactRankOfTheQuantileAtEverySize() {
        for (int n = 1; n <= 3_000; n++) {
            double[] values = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
            assertThat(Summary.of(values).p99()).as("n=%d", n).isEqualTo(Math.ceilDiv(99 * n, 100));
        }
    }

    @Test
    void aMeasurementJoinsItsBoots() {
        SequencedMap<String, Long> at = new LinkedHashMap<>();
        at.put("N", 8L);
        Measurement measurement =
                new Measurement(
                        "o",
                        "b",
                        "fake",
                        "instructions",
                        at,
                        List.of(
                                boot(1, new long[] {30, 31}, 20, 22),
                                boot(1, new long[] {50}, 10)));
        assertThat(measurement.point().parameters()).isEqualTo(Map.of("N", 8.0));
        assertThat(measurement.point().values()).containsExactly(9, 10, 40);
        assertThat(measurement.point().boots()).hasSize(2);
        assertThat(measurement.summary().max()).isEqualTo(40);
        assertThat(measurement.overhead()).isEqualTo(new Summary(3, 10, 20, 22, 22, 52 / 3.0));
        at.put("M", 1L);
        assertThat(measurement.parameters()).containsOnlyKeys("N");
    }

    @Test
    void refusesEmptyAndUnfiniteData() {
        refuses(() -> boot(0, new long[] {1}, 1), "operation=1 twin=1 batch=0");
        refuses(() -> boot(1, new long[0], 1), "operation=0 twin=1 batch=1");
        refuses(() -> boot(1, new long[] {1}), "operation=1 twin=0 batch=1");
        refuses(() -> Summary.of(new double[0]), "no values to summarise");
        refuses(
                () -> assertThat(new DataSet("d", "m", true, List.of())).isNull(),
                "a data set needs at least one point");
        refuses(() -> point(), "a point needs at least one boot");
        refuses(() -> point(new double[0]), "a boot needs values, all of them finite");
        refuses(
                () -> point(new double[] {1, Double.NaN}),
                "a boot needs values, all of them finite");
        refuses(
                () -> point(new double[] {Double.POSITIVE_INFINITY}),
                "a boot needs values, all of them finite");
        refuses(
                () ->
                        assertThat(
                                        new Measurement(
                                                "o",
                                                "b",
                                                "t",
                                                "m",
                                                new LinkedHashMap<>(),
                                                List.of()))
                                .isNull(),
                "a measurement needs a boot");
    }

    private static void point(double[]... boots) {
        assertThat(new Point(Map.of(), List.of(boots))).isNull();
    }

    private static BootSamples boot(int batch, long[] operation, long... twin) {
        return new BootSamples(0, 1, batch, operation, twin);
    }

    private static void refuses(Runnable what, String message) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(what::run)
                .withMessage(message);
    }
}
