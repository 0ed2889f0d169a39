package org.feuerprobe.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FamilyOutputTests {
    private static CheckAnswer answer(VerdictKind kind, double chance) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", kind.name());
        fields.put("confidence", 1 - chance);
        fields.put("reason", "why");
        return new CheckAnswer(fields, Optional.of(kind), chance);
    }

    private static double confidence(Map<String, Object> fields) {
        return (double) Objects.requireNonNull(fields.get("confidence"));
    }

    private static List<Map<String, Object>> printed(List<CheckAnswer> answers) throws IOException {
        List<Map<String, Object>> printed = new ArrayList<>();
        try (FamilyOutput output = new FamilyOutput(printed::add)) {
            for (CheckAnswer answer : answers) {
                output.accept(answer);
            }
            output.finish();
        }
        return printed;
    }

    /** Holm by hand: a chance of 1 % among so many decided lines is at most 5 % up to five. */
    @ParameterizedTest
    @CsvSource({
        "0, VIOLATED, 0.99",
        "4, VIOLATED, 0.95",
        "5, INCONCLUSIVE, 0.94",
        "99, INCONCLUSIVE, 0"
    })
    void keptLinesCountToo(int kept, VerdictKind kind, double confidence) throws IOException {
        List<CheckAnswer> answers = new ArrayList<>();
        answers.add(answer(VerdictKind.VIOLATED, 0.01));
        for (int i = 0; i < kept; i++) {
            answers.add(answer(VerdictKind.HOLDS, 1));
        }
        List<Map<String, Object>> printed = printed(answers);
        assertThat(printed).hasSize(kept + 1);
        Map<String, Object> first = printed.getFirst();
        assertThat(first.get("verdict")).isEqualTo(kind.name());
        assertThat(confidence(first)).isCloseTo(confidence, within(1e-12));
        assertThat(first.get("reason"))
                .isEqualTo(
                        kind == VerdictKind.VIOLATED
                                ? "why"
                                : "violated on its own, but not after correction over %d data sets: why"
                                        .formatted(kept + 1));
    }

    /** The smallest chance is multiplied by three, the next one by two. */
    @Test
    void eachViolationHasItsOwnPlace() throws IOException {
        List<Map<String, Object>> printed =
                printed(
                        List.of(
                                answer(VerdictKind.VIOLATED, 0.03),
                                answer(VerdictKind.HOLDS, 1),
                                answer(VerdictKind.VIOLATED, 0.01)));
        assertThat(printed.stream().map(fields -> fields.get("verdict")))
                .containsExactly("INCONCLUSIVE", "HOLDS", "VIOLATED");
        assertThat(confidence(printed.get(0))).isCloseTo(0.94, within(1e-12));
        assertThat(confidence(printed.get(2))).isCloseTo(0.97, within(1e-12));
    }
}
