/**
 * What does the operation cost? Fits cost models to data sets.
 *
 * <p>Knows nothing of claims and verdicts: it says which law explains the data, and how surely.
 * Pure: no I/O, clock or randomness (a seed is a parameter). Costs are in the data set's metric.
 */
@NullMarked
package org.feuerprobe.model;

import org.jspecify.annotations.NullMarked;
