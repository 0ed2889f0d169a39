package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.bound.BoundsFileException;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Test;

final class ComposerTests {
    private static final String BOUND =
            """
            schema: 1
            subject: s
            bounds:
              - id: cascade/target
                operation: cascade
                claim: O(M*N)
                kind: target
                source: {document: d, section: s}
                parts:
                  - {operation: sync, times: M}
            """;

    private static void measure(
            List<Measurement> into,
            String operation,
            long[][] points,
            ToLongFunction<Map<String, Long>> cost) {
        for (long[] point : points) {
            SequencedMap<String, Long> at = new LinkedHashMap<>();
            at.put("N", point[0]);
            if (point.length > 1) {
                at.put("M", point[1]);
            }
            long value = 20 + cost.applyAsLong(at);
            into.add(
                    new Measurement(
                            operation,
                            operation,
                            "fake",
                            "instructions",
                            at,
                            List.of(
                                    new BootSamples(
                                            0, 1, 1, new long[] {value, value}, new long[] {20}))));
        }
    }

    private static BoundVerdict judged(long extra) throws BoundsFileException {
        List<long[]> grid = new ArrayList<>();
        for (long n : new long[] {64, 100, 256, 1000}) {
            for (long m : new long[] {1, 3, 8, 20}) {
                grid.add(new long[] {n, m});
            }
        }
        List<Measurement> all = new ArrayList<>();
        measure(
                all,
                "sync",
                new long[][] {{10}, {64}, {65}, {300}, {1000}},
                at -> 44 + 8 * ((at.getOrDefault("N", 0L) + 63) / 64));
        measure(
                all,
                "cascade",
                grid.toArray(long[][]::new),
                at -> {
                    long n = at.getOrDefault("N", 0L);
                    return at.getOrDefault("M", 0L) * (44 + 8 * ((n + 63) / 64)) + extra;
                });
        Bound bound = BoundsFile.parse("f", BOUND).bounds().getFirst();
        return new Judge("fake", "instructions", true, all, Map.of()).judge(bound);
    }

    @Test
    void predictsTheWholeFromTheModelsOfItsParts() throws BoundsFileException {
        BoundVerdict verdict = judged(0);
        assertThat(verdict.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(verdict.composed()).hasSize(1);
        Composed composed = verdict.composed().getFirst();
        assertThat(composed.composition().addsUp()).isTrue();
        assertThat(composed.composition().largestRemainder()).isZero();
        assertThat(verdict.reason())
                .endsWith("; its parts sync × M predict it to within 0.0 % at 16 points");
    }

    @Test
    void tellsWhatIsInNoPart() throws BoundsFileException {
        BoundVerdict verdict = judged(100);
        assertThat(verdict.composed().getFirst().composition().addsUp()).isFalse();
        assertThat(verdict.reason())
                .endsWith(
                        "; its parts sync × M do not add up to it: measured less predicted is 100 instructions at every point, up to 66 % of the cost");
    }
}
