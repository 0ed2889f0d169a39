/**
 * What shall be measured? Benchmarks that a target offers, and plans: which of them, at which
 * points, how often.
 *
 * <p>Pure and immutable. May use {@code bound}.
 */
@NullMarked
package org.feuerprobe.plan;

import org.jspecify.annotations.NullMarked;
