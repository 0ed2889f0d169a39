package org.feuerprobe.gate;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.feuerprobe.sample.Numbers;

/**
 * One thing that the gate looked at.
 *
 * @param suite which of the two verdicts it belongs to
 * @param name bound, or benchmark and point
 * @param message one sentence for people
 * @param properties values, by name
 * @param weight larger is worse, among findings of the same outcome
 */
public record Finding(
        Suite suite,
        Outcome outcome,
        String name,
        String message,
        SequencedMap<String, String> properties,
        double weight) {
    /** The two verdicts, kept apart. */
    public enum Suite {
        /** What is promised; needs no history. */
        BOUNDS,
        /** What was measured before. */
        CHANGES
    }

    /** How it went, worst first. */
    public enum Outcome {
        /** A bound is violated, or a cost changed. */
        FAILED,
        /** The target or the harness failed, so that nothing is known. */
        ERROR,
        /** The testbed is unfit for it, or nothing is there to compare with. */
        SKIPPED,
        PASSED
    }

    private static final int DIGITS = 7;

    public Finding {
        properties = new LinkedHashMap<>(properties);
    }

    /** A figure, without exponent where it is short. */
    public static String number(double value) {
        return Numbers.rounded(value, DIGITS);
    }

    /** {@code 22 → 24 (+2)}. */
    static String change(double before, double after) {
        double by = after - before;
        return "%s → %s (%s%s)"
                .formatted(number(before), number(after), by > 0 ? "+" : "", number(by));
    }
}
