package org.feuerprobe.page;

import java.util.List;
import java.util.Locale;
import org.feuerprobe.sample.Numbers;

/**
 * One series over its runs, oldest first, with its changes in order.
 *
 * @param name machine, configuration and metric
 */
public record SeriesHistory(String name, List<Run> runs, List<Step> changes) {
    /**
     * One run.
     *
     * @param revision the measured revision; may be empty
     */
    public record Run(String id, String revision, double value) {
        String words() {
            return revision.isEmpty() ? id : id + " (" + revision + ")";
        }
    }

    /**
     * A change of the level.
     *
     * @param kind {@code exact}, {@code step}, {@code recent} or {@code single}
     * @param isNew whether it lies in the newest runs
     * @param onset index of the run at which the new level most likely begins
     * @param shown index of the first run that stands out, which the alert names
     */
    public record Step(
            String kind,
            boolean worse,
            boolean isNew,
            int onset,
            int shown,
            double before,
            double after) {
        /** Old level, new level, and the difference. */
        public String size() {
            double size = after - before;
            String percent =
                    before == 0
                            ? ""
                            : String.format(
                                    Locale.ROOT, ", %+.2f %%", 100 * size / Math.abs(before));
            return "%s → %s (%s%s%s)"
                    .formatted(
                            number(before),
                            number(after),
                            size > 0 ? "+" : "",
                            number(size),
                            percent);
        }

        /** A level as text. Beyond 10,000 the fraction is omitted, because it means nothing. */
        private static String number(double value) {
            return Numbers.grouped(Math.abs(value) < 10_000 ? value : Math.rint(value));
        }

        public String direction() {
            return worse ? "worse" : "better";
        }
    }

    public SeriesHistory {
        runs = List.copyOf(runs);
        changes = List.copyOf(changes);
    }

    /** One alert in words: run, commit, size and kind. */
    public String words(Step step) {
        String sure =
                switch (step.kind()) {
                    case "exact" -> "Counts repeat exactly, so every difference is a step.";
                    case "step" -> "Step: the new level holds.";
                    case "recent" -> "Recent: the newest runs agree; rerun to confirm.";
                    case "single" -> "Single: the newest run alone; rerun to confirm.";
                    default -> step.kind();
                };
        return "Run %s: %s, %s. %s%s"
                .formatted(
                        runs.get(step.shown()).words(),
                        step.size(),
                        step.direction(),
                        sure,
                        step.onset() == step.shown()
                                ? ""
                                : " It most likely begins with run "
                                        + runs.get(step.onset()).words()
                                        + ".");
    }
}
