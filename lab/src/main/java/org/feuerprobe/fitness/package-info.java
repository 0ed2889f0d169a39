/**
 * May a figure be believed? {@link org.feuerprobe.fitness.Trust} is the one answer, with its reason
 * and the remedy; every figure passes through it, and every outlet asks for it.
 *
 * <p>Pure: others measure clocks and counters, and this package judges what they found. It uses
 * {@code sample} only.
 */
@NullMarked
package org.feuerprobe.fitness;

import org.jspecify.annotations.NullMarked;
