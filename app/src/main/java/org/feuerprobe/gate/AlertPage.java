package org.feuerprobe.gate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.feuerprobe.change.Change;
import org.feuerprobe.change.History;
import org.feuerprobe.page.HistoryPage;
import org.feuerprobe.page.SeriesHistory;

/** A page for the browser with all series of a history and their alerts. */
public record AlertPage(List<History> series, int runs, List<HistoryAlert> alerts) {
    /** Makes the page of a campaign and its earlier campaigns. */
    public static AlertPage of(CampaignHistory history, boolean exact) {
        List<History> series = history.series();
        return new AlertPage(
                series,
                history.campaigns(),
                exact ? HistoryAlert.exact(series) : HistoryAlert.of(series));
    }

    /** The page as HTML. */
    public String html() {
        Map<History, List<HistoryAlert>> found =
                alerts.stream().collect(Collectors.groupingBy(HistoryAlert::history));
        return HistoryPage.html(
                series.stream()
                        .map(history -> of(history, found.getOrDefault(history, List.of())))
                        .toList(),
                runs);
    }

    private static SeriesHistory of(History history, List<HistoryAlert> alerts) {
        return new SeriesHistory(
                history.series(),
                history.runs().stream()
                        .map(run -> new SeriesHistory.Run(run.id(), run.revision(), run.value()))
                        .toList(),
                alerts.stream().map(AlertPage::step).toList());
    }

    private static SeriesHistory.Step step(HistoryAlert alert) {
        Change change = alert.change();
        return new SeriesHistory.Step(
                change.kind().name().toLowerCase(Locale.ROOT),
                alert.direction() == Change.Direction.REGRESSION,
                alert.isNew(),
                change.onset(),
                change.shown(),
                change.before(),
                change.after());
    }
}
