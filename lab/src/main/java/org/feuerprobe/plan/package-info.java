/**
 * What is to be measured? Benchmarks that a target offers, and plans, which choose benchmarks,
 * points and repetitions.
 *
 * <p>The package knows neither how a target boots nor what it reported. Pure and immutable.
 */
@NullMarked
package org.feuerprobe.plan;

import org.jspecify.annotations.NullMarked;
