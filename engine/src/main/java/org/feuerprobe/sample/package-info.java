/**
 * What was measured? Values with their point, boot and metric, and statistics of them.
 *
 * <p>The package knows neither where values come from nor what was claimed about them. Pure and
 * immutable; an array that is passed in must not be changed afterwards. Units are those of the
 * metric.
 */
@NullMarked
package org.feuerprobe.sample;

import org.jspecify.annotations.NullMarked;
