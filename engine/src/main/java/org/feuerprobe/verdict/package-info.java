/**
 * Is the bound kept? Decides claims on data sets and cost models.
 *
 * <p>Knows nothing of how the data were measured and how the verdict is shown. Pure: no I/O, clock
 * or randomness (a seed is a parameter).
 */
@NullMarked
package org.feuerprobe.verdict;

import org.jspecify.annotations.NullMarked;
