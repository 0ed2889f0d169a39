package org.feuerprobe.gate;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;

/**
 * One thing that the gate checked.
 *
 * @param suite the suite that it belongs to
 * @param name the bound, or the benchmark and point
 * @param message one sentence for people
 * @param properties values, by name
 * @param weight severity among findings of the same outcome; larger is worse
 */
public record Finding(
        Suite suite,
        Outcome outcome,
        String name,
        String message,
        SequencedMap<String, String> properties,
        double weight) {
    /** The two suites, each of which gets its own verdict. */
    public enum Suite {
        /** The claimed bounds, which need no history. */
        BOUNDS,
        /** Changes against earlier measurements. */
        CHANGES
    }

    /** Outcome of a check, worst first. */
    public enum Outcome {
        /** A bound is violated, or a cost changed. */
        FAILED,
        /** The target or the harness failed, so the result is unknown. */
        ERROR,
        /** The testbed is unfit for it, or there is nothing to compare with. */
        SKIPPED,
        PASSED
    }

    private static final int DIGITS = 7;

    public Finding {
        properties = new LinkedHashMap<>(properties);
    }

    /** A figure as text, without an exponent if that is short. */
    public static String number(double value) {
        return Numbers.rounded(value, DIGITS);
    }

    /** A figure of a point as text, with its unit: {@code 139 cycles}. */
    static String figure(double value, Measurement point) {
        return number(value) + " " + point.metric();
    }

    /** A change as text, such as {@code 22 → 24 (+2)}. */
    static String change(double before, double after) {
        double by = after - before;
        return "%s → %s (%s%s)"
                .formatted(number(before), number(after), by > 0 ? "+" : "", number(by));
    }
}
