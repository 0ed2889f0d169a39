/**
 * May this campaign pass? Holds it against a baseline of exact counts and against what {@code
 * change} found in its history, and writes the findings as text, JUnit, Markdown and annotations.
 *
 * <p>Pure: no I/O, clock or randomness. Rules: {@code docs/gate.md}.
 */
@NullMarked
package org.feuerprobe.gate;

import org.jspecify.annotations.NullMarked;
