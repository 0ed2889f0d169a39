package org.feuerprobe.gate;

import java.util.List;
import java.util.Locale;

/**
 * Writer of the gate's result for a terminal: findings that failed or are unknown, then the
 * verdicts.
 */
public final class GateText {
    private static final int MOST = 60;

    private GateText() {}

    public static String of(GateResult result) {
        StringBuilder text = new StringBuilder();
        List<Finding> shown =
                result.worst().stream()
                        .filter(finding ->
                                finding.outcome() == Finding.Outcome.FAILED
                                        || finding.outcome() == Finding.Outcome.ERROR
                                        || (finding.suite() == Finding.Suite.CHANGES
                                                && finding.outcome() == Finding.Outcome.SKIPPED))
                        .toList();
        for (Finding finding : shown.subList(0, Math.min(MOST, shown.size()))) {
            text.append(symbol(finding.outcome()))
                    .append(' ')
                    .append(finding.name())
                    .append("  ")
                    .append(finding.message())
                    .append('\n');
        }
        if (shown.size() > MOST) {
            text.append(String.format(Locale.ROOT, "… %,d more: --json\n", shown.size() - MOST));
        }
        result.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        result.verdicts().forEach(verdict -> text.append(verdict).append('\n'));
        return text.toString();
    }

    private static String symbol(Finding.Outcome outcome) {
        return switch (outcome) {
            case FAILED -> "✗";
            case ERROR -> "!";
            case SKIPPED -> "? UNKNOWN";
            case PASSED -> "✓";
        };
    }
}
