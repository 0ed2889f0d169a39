package org.feuerprobe.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.feuerprobe.change.Better;
import org.junit.jupiter.api.Test;

final class MetricDirectionsTests {
    private static Map<String, MetricDirections.Described> described() throws Exception {
        return MetricDirections.read(
                """
                metrics:
                  - key: score
                    better: higher
                  - key: rate_ops_s
                    better: lower
                  - key: moved
                    unit: MB/s
                  - key: smp
                    name: SMP throughput, 4 cores
                    match: {Cores: 4}
                """);
    }

    @Test
    void theFirstThatSaysItDecides() throws Exception {
        MetricDirections file = new MetricDirections(_ -> false, _ -> false, described());
        assertThat(file.of("p/score", "score", "")).isEqualTo(Better.HIGHER);
        assertThat(file.of("p/rate_ops_s", "rate_ops_s", "")).isEqualTo(Better.LOWER);
        assertThat(file.of("p/moved", "moved", "")).isEqualTo(Better.HIGHER);
        assertThat(file.of("p/smp", "smp", "")).isEqualTo(Better.HIGHER);
        assertThat(file.of("p/x", "x", "ops/s")).isEqualTo(Better.HIGHER);
        assertThat(file.of("p/x", "x", "ns")).isEqualTo(Better.LOWER);
        assertThat(file.of("p/throughput", "throughput", "")).isEqualTo(Better.HIGHER);
        MetricDirections user = new MetricDirections("p/x"::equals, "p/score"::equals, described());
        assertThat(user.of("p/x", "x", "ns")).isEqualTo(Better.HIGHER);
        assertThat(user.of("p/score", "score", "")).isEqualTo(Better.LOWER);
    }

    @Test
    void saysWhatIsWrongWithTheFile() {
        refuses("metrics: 1\n", "want a list 'metrics:' of metrics with a key");
        refuses("", "want a list 'metrics:' of metrics with a key");
        refuses("metrics:\n- name: x\n", "metric 1 has no key");
        refuses(
                "metrics:\n- key: x\n  better: up\n",
                "metric x: better: want higher or lower, not 'up'");
        refuses("metrics: [", "not YAML: ");
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> MetricDirections.read(text))
                .isInstanceOf(ForeignFormatException.class)
                .hasMessageStartingWith(message);
    }
}
