package org.feuerprobe.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.feuerprobe.change.Better;
import org.feuerprobe.change.History;
import org.feuerprobe.change.HistoryRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HistoryAlertTests {
    /** A step that began in the newest five runs is new, and one before them is not. */
    @ParameterizedTest
    @CsvSource({"3, true", "4, true", "5, true", "6, false", "9, false"})
    void onlyTheNewestFiveRunsAreNew(int newer, boolean isNew) {
        List<HistoryRun> runs =
                IntStream.range(0, 40)
                        .mapToObj(i ->
                                new HistoryRun(
                                        "r" + i, "c" + i, (i < 40 - newer ? 100 : 200) + i % 3))
                        .toList();
        assertThat(HistoryAlert.of(List.of(new History("s", Better.LOWER, runs))))
                .singleElement()
                .satisfies(alert -> assertThat(alert.isNewRegression()).isEqualTo(isNew));
    }
}
