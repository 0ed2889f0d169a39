/**
 * Is the bound kept? The package decides claims on data sets and cost models.
 *
 * <p>It knows neither how the data were measured nor how the verdict is shown. Pure: no I/O, clock
 * or randomness (a seed is a parameter).
 */
@NullMarked
package org.feuerprobe.verdict;

import org.jspecify.annotations.NullMarked;
