package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MostGrowth;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Test;

final class MostGrowthTests {
    private static final Bound LINEAR =
            new Bound(
                    "id",
                    "op",
                    Claim.parse("O(n) ns", Claim.Mode.UPPER),
                    Bound.Kind.PROPOSED,
                    new Bound.Source("document", "1"),
                    "");

    /** Three boots of nine values at each point, with 300 + 20n and a spread of 4 %. */
    private static List<Measurement> linear() {
        List<Measurement> measured = new ArrayList<>();
        for (int log = 3; log <= 12; log++) {
            long n = 1L << log;
            List<BootSamples> boots = new ArrayList<>();
            for (int boot = 0; boot < 3; boot++) {
                long[] values = new long[9];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (300 + 20 * n) * (96 + (i * 7 + boot * 5 + log) % 9) / 100;
                }
                boots.add(new BootSamples(boot, boot, 1, values, new long[] {0}));
            }
            measured.add(
                    new Measurement(
                            "op",
                            "op/all",
                            "board",
                            "ns",
                            new LinkedHashMap<>(Map.of("n", n)),
                            boots));
        }
        return measured;
    }

    @Test
    void leavesABoundOpenThatMayHideMoreGrowthThanIsAllowed() {
        Judge judge = new Judge("board", "ns", false, linear(), Map.of());

        assertThat(judge.judge(LINEAR).kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(judge.judge(LINEAR.allowing(0.5)).kind()).isEqualTo(VerdictKind.HOLDS);
        BoundVerdict strict = judge.judge(LINEAR.allowing(0.001));
        assertThat(strict.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(strict.reason())
                .contains("faster growth makes up at most ")
                .endsWith(": more than the 0.1 % allowed");
    }

    @Test
    void takesAPercentageAboveZero() throws LabException {
        assertThat(MostGrowth.share(null)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(MostGrowth.share(5.0)).isEqualTo(0.05);
        for (double percent : Arrays.asList(0.0, -1.0, Double.NaN)) {
            assertThatThrownBy(() -> MostGrowth.share(percent))
                    .isInstanceOf(LabException.class)
                    .hasMessageStartingWith("--most-growth ")
                    .hasMessageEndingWith(": want a percentage above 0, such as 5");
        }
    }
}
