package org.feuerprobe.gate;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * All findings of the gate.
 *
 * @param findings bounds first, each suite in the order of its campaign
 * @param notes what else the reader must know
 */
public record GateResult(List<Finding> findings, List<String> notes) {
    public GateResult {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** The same result with another note. */
    public GateResult with(String note) {
        List<String> more = new java.util.ArrayList<>(notes);
        more.add(note);
        return new GateResult(findings, more);
    }

    public List<Finding> of(Finding.Suite suite) {
        return findings.stream().filter(finding -> finding.suite() == suite).toList();
    }

    /** The findings, worst first. */
    public List<Finding> worst() {
        return findings.stream()
                .sorted(
                        Comparator.comparing(Finding::outcome)
                                .thenComparing(Finding::suite)
                                .thenComparing(Finding::weight, Comparator.reverseOrder()))
                .toList();
    }

    public boolean has(Finding.Outcome outcome) {
        return findings.stream().anyMatch(finding -> finding.outcome() == outcome);
    }

    public static long count(List<Finding> findings, Finding.Outcome outcome) {
        return findings.stream().filter(finding -> finding.outcome() == outcome).count();
    }

    /**
     * One verdict per suite, such as {@code bounds: 2 failed, 70 skipped, 78 passed}. A suite that
     * was not requested is left out.
     */
    public List<String> verdicts() {
        return java.util.Arrays.stream(Finding.Suite.values())
                .filter(suite -> !of(suite).isEmpty())
                .map(suite ->
                        "%s %s: %s".formatted(word(suite), mark(of(suite)), counts(of(suite))))
                .toList();
    }

    /** The verdict on a suite in one word. It is unknown if all its findings were skipped. */
    static String mark(List<Finding> findings) {
        if (count(findings, Finding.Outcome.FAILED) > 0) {
            return "FAILED";
        }
        if (count(findings, Finding.Outcome.ERROR) > 0) {
            return "ERROR";
        }
        return isUnknown(findings) ? "UNKNOWN" : "passed";
    }

    /** Whether all findings were skipped, so that nothing passed and nothing failed. */
    static boolean isUnknown(List<Finding> findings) {
        return count(findings, Finding.Outcome.SKIPPED) == findings.size();
    }

    /** Whether the verdict on a requested suite is unknown. */
    public boolean isUnknown() {
        return java.util.Arrays.stream(Finding.Suite.values())
                .map(this::of)
                .anyMatch(findings -> !findings.isEmpty() && isUnknown(findings));
    }

    private static String counts(List<Finding> findings) {
        return java.util.Arrays.stream(Finding.Outcome.values())
                .filter(outcome -> count(findings, outcome) > 0)
                .map(outcome ->
                        String.format(
                                Locale.ROOT, "%,d %s", count(findings, outcome), word(outcome)))
                .collect(Collectors.joining(", "));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }
}
