package org.feuerprobe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryPageTests {
    private static SeriesHistory series(String name, int runs, SeriesHistory.Step... changes) {
        return new SeriesHistory(
                name,
                IntStream.range(0, runs)
                        .mapToObj(i ->
                                new SeriesHistory.Run(
                                        Long.toString(27_000_000_000L + i),
                                        "868454e1/776ba8a8",
                                        1000.25 + i * 7919 % 101))
                        .toList(),
                List.of(changes));
    }

    private static SeriesHistory.Step step(boolean worse, boolean isNew, int onset, int shown) {
        return new SeriesHistory.Step(
                "step", worse, isNew, onset, shown, worse ? 1000 : 1500, worse ? 1500 : 1000);
    }

    @Test
    void showsFirstWhatBecameWorseOfLate() {
        String html =
                HistoryPage.html(
                        List.of(
                                series("steady", 20),
                                series("older", 20, step(true, false, 5, 5)),
                                series("faster", 20, step(false, true, 17, 17)),
                                series("slower", 20, step(true, true, 16, 16))),
                        20);
        assertThat(html).contains("<h1>4 series of 20 runs: 3 changes; 1 became worse");
        assertThat(
                        List.of("slower", "faster", "older", "steady").stream()
                                .map(name -> html.indexOf("<summary>" + name))
                                .toList())
                .isSorted()
                .allMatch(at -> at > 0);
    }

    @Test
    void saysEachAlertInWords() {
        SeriesHistory series = series("s", 20, step(true, false, 5, 7));
        assertThat(series.words(series.changes().getFirst()))
                .isEqualTo(
                        "Run 27000000007 (868454e1/776ba8a8): 1,000 → 1,500 (+500, +50.00 %), worse."
                                + " Step: the new level holds. It most likely begins with run"
                                + " 27000000005 (868454e1/776ba8a8).");
    }

    @Test
    void largeFiguresKeepTheirDigits() {
        assertThat(new SeriesHistory.Step("step", true, true, 0, 0, 2_173_177, 2_197_427.5).size())
                .isEqualTo("2,173,177 → 2,197,428 (+24,250, +1.12 %)");
    }

    @Test
    void hostileNamesStayText() {
        String hostile = "</script><img src=x onerror=alert(1)>\"'&";
        SeriesHistory series =
                new SeriesHistory(
                        hostile,
                        List.of(
                                new SeriesHistory.Run(hostile, hostile, 1),
                                new SeriesHistory.Run("2", "", 2)),
                        List.of(new SeriesHistory.Step("single", true, true, 0, 0, 1, 2)));
        String html = HistoryPage.html(List.of(series), 2);
        assertThat(html).doesNotContain("<img").contains("&lt;/script&gt;&lt;img");
        assertThat(html.split("</script>", -1)).hasSize(4);
    }

    @Test
    void staysUnderFiveMegabytesAtFullSize() {
        List<SeriesHistory> all =
                IntStream.range(0, 776)
                        .mapToObj(i ->
                                series(
                                        "platform/CONFIGURATION_64/metric_of_some_length_" + i,
                                        80,
                                        step(true, false, 20, 21),
                                        step(false, false, 50, 50)))
                        .toList();
        String html = HistoryPage.html(all, 1520);
        assertThat(html.split("<svg ", -1)).hasSize(777);
        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(5_000_000);
    }

    @Test
    void anEmptyHistoryIsAPage() {
        assertThat(HistoryPage.html(List.of(), 0)).contains("0 series of 0 runs");
    }
}
