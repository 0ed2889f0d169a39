package org.feuerprobe.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.harness.Bisection;
import org.feuerprobe.harness.BoundBisection;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.results.Documents;

/** A search for the commit that broke a bound, as text and as JSON. */
public final class BisectionText {
    private static final int REASON = 120;

    private BisectionText() {}

    /** A line about one commit that was judged; for the parameters see the listener. */
    public static String step(
            String commit, int left, Bisection.Answer answer, boolean known, String reason) {
        return "%s%s %s%s: %s"
                .formatted(
                        left == 0 ? "" : left + " left: ",
                        commit.substring(0, 12),
                        answer == Bisection.Answer.SKIP ? "skipped" : answer.name(),
                        known ? " (the same sources)" : "",
                        ForeignText.middle(first(reason), REASON));
    }

    /** The commits of which one broke the bound, each with its reason. */
    public static String found(String bound, BoundBisection bisection, List<String> suspects)
            throws LabException, InterruptedException {
        StringBuilder text = new StringBuilder("the first commit that breaks ").append(bound);
        text.append(suspects.size() == 1 ? ":\n" : " is one of these; the others were skipped:\n");
        Map<String, String> reasons = bisection.reasons();
        for (String commit : suspects) {
            text.append("  ").append(ForeignText.prose(bisection.summary(commit))).append('\n');
            String words = reasons.getOrDefault(commit, "");
            if (!words.isEmpty()) {
                text.append("    ").append(first(words)).append('\n');
            }
        }
        return text.toString();
    }

    /** The same as JSON. */
    public static String document(String bound, BoundBisection bisection, List<String> suspects) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("bound", bound);
        document.put("found", suspects.size() == 1);
        document.put("suspects", suspects);
        document.put("asked", bisection.reasons());
        return Documents.pretty(document) + "\n";
    }

    private static String first(String text) {
        return ForeignText.prose(text.lines().findFirst().orElse(""));
    }
}
