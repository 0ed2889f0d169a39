/**
 * Is the bound kept? Decides claims on data sets and cost models.
 *
 * <p>Pure: no I/O, clock or randomness (a seed is a parameter).
 */
@NullMarked
package org.feuerprobe.verdict;

import org.jspecify.annotations.NullMarked;
