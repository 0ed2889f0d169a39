package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.SplittableRandom;
import org.feuerprobe.check.CheckLine;
import org.feuerprobe.results.DecisionDocument;
import org.feuerprobe.verdict.Decider;
import org.feuerprobe.verdict.Decision;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Every line gets a verdict or an error that says why; nothing hangs, crashes or answers NaN. */
final class CheckFuzzTests {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String[] CLAIMS = {
        "O(1)",
        "O(n)",
        "O(log n)",
        "O(n log n)",
        "O(n^1.5)",
        "O(n*m)",
        "O(n+m)",
        "O(n^12)",
        "p99 <= 1000",
        "max <= 5",
        "mean < 0",
        "median == 7",
        "misses == 0",
        "p99.99 <= 1e300",
        "O("
    };
    private static final String[] VALUES = {
        "0",
        "1",
        "-1",
        "5e-324",
        "1e300",
        "-1e300",
        "1.7976931348623157e308",
        "1e999",
        "7",
        "7.000000001",
        "1e15",
        "123456789",
        "0.1",
        "null",
        "\"7\"",
        "[1,2]",
        "1e-300"
    };

    private static void answers(String line) {
        try {
            CheckLine input = CheckLine.parse(line, "");
            Decision decision = new Decider().decide(input.claim(), input.data());
            String answer =
                    MAPPER.writeValueAsString(
                            DecisionDocument.of(input.id(), decision, input.notes()));
            assertThat(decision.reason()).isNotBlank();
            assertThat(answer).doesNotContain("NaN").doesNotContain("Infinity");
        } catch (CheckLine.MalformedLineException | IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @FuzzTest
    void anyTextGetsAnAnswer(FuzzedDataProvider data) {
        answers(data.consumeBoolean() ? data.consumeRemainingAsString() : built(data::consumeInt));
    }

    /** Numbers from 0 to {@code most}. */
    private interface Choice {
        int upTo(int least, int most);
    }

    private static String built(Choice choice) {
        StringBuilder line = new StringBuilder("{\"bound\":\"");
        line.append(CLAIMS[choice.upTo(0, CLAIMS.length - 1)]).append('"');
        if (choice.upTo(0, 2) == 0) {
            line.append(",\"metric\":\"instructions\"");
        }
        if (choice.upTo(0, 3) == 0) {
            line.append(",\"mode\":\"tight\"");
        }
        line.append(",\"points\":[");
        int points = choice.upTo(0, 14);
        boolean plain = choice.upTo(0, 1) == 0;
        for (int i = 0; i < points; i++) {
            line.append(i == 0 ? "" : ",");
            line.append("{\"n\":").append(plain ? 1 << i : number(choice));
            if (choice.upTo(0, 1) == 0) {
                line.append(",\"m\":").append(number(choice));
            }
            line.append(",\"values\":[");
            int values = choice.upTo(plain ? 1 : 0, 6);
            boolean boots = choice.upTo(0, 4) == 0;
            for (int k = 0; k < values; k++) {
                line.append(k == 0 ? "" : ",").append(boots ? "[" : "");
                line.append(number(choice)).append(boots ? "]" : "");
            }
            line.append("]}");
        }
        return line.append("]}").toString();
    }

    private static String number(Choice choice) {
        return switch (choice.upTo(0, 2)) {
            case 0 -> VALUES[choice.upTo(0, VALUES.length - 1)];
            case 1 -> Integer.toString(choice.upTo(-3, 5000));
            default ->
                    Double.toString(
                            Math.scalb(1 + choice.upTo(0, 9) / 10.0, choice.upTo(-1000, 1000)));
        };
    }

    @Test
    void threeThousandLinesOfOddNumbersGetAnAnswer() {
        for (long seed = 0; seed < 3000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String line = built((least, most) -> random.nextInt(least, most + 1));
            try {
                answers(line);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + line, e);
            }
        }
    }
}
