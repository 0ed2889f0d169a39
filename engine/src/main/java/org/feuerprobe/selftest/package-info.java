/**
 * Is the engine right as often as it says? Decides bounds on simulated data whose truth is known
 * and counts the errors.
 *
 * <p>Knows no kernel and no target: it makes its data. Pure: randomness comes from seeds.
 */
@NullMarked
package org.feuerprobe.selftest;

import org.jspecify.annotations.NullMarked;
