/**
 * What does the operation cost? The package fits cost models to data sets.
 *
 * <p>It knows neither claims nor verdicts: it reports which law explains the data, and with what
 * certainty. Pure: no I/O, clock or randomness (a seed is a parameter). Costs are in the data set's
 * metric.
 */
@NullMarked
package org.feuerprobe.model;

import org.jspecify.annotations.NullMarked;
