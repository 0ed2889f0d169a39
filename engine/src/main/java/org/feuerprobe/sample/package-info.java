/**
 * What was measured? Raw values with the point, boot and metric that they belong to, and their
 * summaries.
 *
 * <p>Knows nothing of where values came from and what was promised. Pure and immutable; arrays
 * handed in are owned by the value from then on. Units are those of the metric.
 */
@NullMarked
package org.feuerprobe.sample;

import org.jspecify.annotations.NullMarked;
