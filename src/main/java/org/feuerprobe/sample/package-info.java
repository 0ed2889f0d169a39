/**
 * What was measured? Raw values with the point, boot and metric that they belong to, and their
 * summaries.
 *
 * <p>Pure and immutable; arrays handed in are owned by the value from then on. Units are those of
 * the metric.
 */
@NullMarked
package org.feuerprobe.sample;

import org.jspecify.annotations.NullMarked;
