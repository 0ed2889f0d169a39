/**
 * Did it change? Finds steps in the history of a series of runs, and weighs the newest run against
 * those before it.
 *
 * <p>Knows values in their order, and nothing of kernels or bounds. Pure: no I/O, clock or
 * randomness. Values are in the unit of their series; lower is better. The method and its measured
 * error rates: {@code docs/gate.md}.
 */
@NullMarked
package org.feuerprobe.change;

import org.jspecify.annotations.NullMarked;
