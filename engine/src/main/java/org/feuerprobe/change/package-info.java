/**
 * Did a cost change? This package finds steps in the history of a series of runs, and compares the
 * newest run with the runs before it.
 *
 * <p>The package knows values in their order, and nothing about kernels or bounds. Pure: no I/O,
 * clock or randomness. Values are in the unit of their series, which says whether lower or higher
 * ones are better. {@code docs/change-detection.md} describes the method and its measured error
 * rates.
 */
@NullMarked
package org.feuerprobe.change;

import org.jspecify.annotations.NullMarked;
