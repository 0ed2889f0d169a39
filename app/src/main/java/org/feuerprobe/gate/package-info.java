/**
 * May this campaign pass? The package compares it with its bounds, with a baseline of exact counts
 * and with its history, and measures suspects again. It writes the findings as text, JSON, JUnit
 * XML, Markdown and annotations.
 *
 * <p>It reads archives, baselines and results folders, and boots kernels through {@code harness}.
 * The package {@code change} decides what changed in a series. Nothing here knows a terminal.
 * Rules: {@code docs/gate.md}.
 */
@NullMarked
package org.feuerprobe.gate;

import org.jspecify.annotations.NullMarked;
