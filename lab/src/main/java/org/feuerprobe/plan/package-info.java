/**
 * What shall be measured? Benchmarks that a target offers, and plans: which of them, at which
 * points, how often.
 *
 * <p>Knows nothing of how a target boots and what it answered. Pure and immutable.
 */
@NullMarked
package org.feuerprobe.plan;

import org.jspecify.annotations.NullMarked;
