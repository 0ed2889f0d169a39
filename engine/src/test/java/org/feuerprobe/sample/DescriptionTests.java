package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certified values: NIST StRD, univariate summary statistics. */
class DescriptionTests {
    private static double[] alternating(double first, double second, double third) {
        double[] values = new double[1001];
        values[0] = first;
        for (int i = 1; i < values.length; i++) {
            values[i] = i % 2 == 1 ? second : third;
        }
        return values;
    }

    @Test
    void numAcc1() {
        Description found = Description.of(new double[] {10000001, 10000003, 10000002}, 1);
        assertThat(found.mean().value()).isEqualTo(10000002);
        assertThat(found.deviation()).isEqualTo(1);
    }

    @Test
    void numAcc2() {
        Description found = Description.of(alternating(1.2, 1.1, 1.3), 1);
        assertThat(found.mean().value()).isCloseTo(1.2, within(1e-13));
        assertThat(found.deviation()).isCloseTo(0.1, within(1e-13));
    }

    @Test
    void numAcc3() {
        Description found = Description.of(alternating(1000000.2, 1000000.1, 1000000.3), 1);
        assertThat(found.mean().value()).isCloseTo(1000000.2, within(1e-9));
        assertThat(found.deviation()).isCloseTo(0.1, within(1e-9));
    }

    /** The data themselves are rounded to eight digits of their spread. */
    @Test
    void numAcc4() {
        Description found = Description.of(alternating(10000000.2, 10000000.1, 10000000.3), 1);
        assertThat(found.mean().value()).isCloseTo(10000000.2, within(1e-8));
        assertThat(found.deviation()).isCloseTo(0.1, within(1e-8));
    }

    /**
     * Mean, then standard deviation, as certified; NIST's digits of pi, one of which is not pi's.
     */
    @ParameterizedTest
    @CsvSource({
        "Lew.txt, 200, -177.435000000000, 277.332168044316",
        "Lottery.txt, 218, 518.958715596330, 291.699727470969",
        "Mavro.txt, 50, 2.00185600000000, 0.000429123454003053",
        "Michelso.txt, 100, 299.852400000000, 0.0790105478190518",
        "PiDigits.txt, 5000, 4.53480000000000, 2.86733906028871"
    })
    void observed(String file, int count, double mean, double deviation) throws IOException {
        double[] values = read(file);
        assertThat(values).hasSize(count);
        Description found = Description.of(values, 1);
        assertThat(found.mean().value()).isCloseTo(mean, within(Math.abs(mean) * 1e-13));
        assertThat(found.deviation()).isCloseTo(deviation, within(deviation * 1e-12));
    }

    /** Numbers between blanks; the digits of pi stand without any. */
    private static double[] read(String file) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(
                        DescriptionTests.class.getResourceAsStream("strd/" + file))) {
            String text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
            String parted =
                    file.equals("PiDigits.txt")
                            ? text.replaceAll("\\s", "").replaceAll("", " ")
                            : text;
            return Arrays.stream(parted.strip().split("\\s+"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }

    @Test
    void flagsDriftAndModes() {
        SplittableRandom random = new SplittableRandom(1);
        double[] steady = random.doubles(400).toArray();
        assertThat(Shape.of(steady).drifts()).isFalse();
        assertThat(Shape.of(steady).multimodal()).isFalse();
        double[] drifting = steady.clone();
        Arrays.setAll(drifting, i -> steady[i] + i / 200.0);
        assertThat(Shape.of(drifting).drifts()).isTrue();
        double[] twice = new double[400];
        Arrays.setAll(twice, i -> (i % 2) * 100 + random.nextGaussian());
        assertThat(Shape.of(twice).modes()).isEqualTo(2);
    }
}
