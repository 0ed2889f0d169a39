package org.feuerprobe.check;

import java.util.Map;
import java.util.Optional;
import org.feuerprobe.verdict.VerdictKind;

/**
 * The answer to one line of {@code check}.
 *
 * @param fields the fields to print
 * @param kind the verdict; empty for a malformed line
 * @param chance probability that VIOLATED is false; 1 for another verdict
 */
public record CheckAnswer(Map<String, Object> fields, Optional<VerdictKind> kind, double chance) {}
