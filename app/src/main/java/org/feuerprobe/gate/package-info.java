/**
 * May this campaign pass? Holds it against its bounds, a baseline of exact counts and its history,
 * measures suspects again, and writes the findings as text, JSON, JUnit, Markdown and annotations.
 *
 * <p>Reads archives, baselines and results folders, and boots kernels through {@code harness}; what
 * changed in a series is decided in {@code change}. Knows no terminal. Rules: {@code docs/gate.md}.
 */
@NullMarked
package org.feuerprobe.gate;

import org.jspecify.annotations.NullMarked;
