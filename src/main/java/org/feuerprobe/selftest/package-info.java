/**
 * Is the engine right as often as it says? Decides bounds on simulated data whose truth is known
 * and counts the errors.
 *
 * <p>Pure: randomness comes from seeds. May use bound, sample, model and verdict.
 */
@NullMarked
package org.feuerprobe.selftest;

import org.jspecify.annotations.NullMarked;
