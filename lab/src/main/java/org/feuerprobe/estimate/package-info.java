/**
 * What would an operation cost in cycles, if they cannot be measured here? Estimates: counts of the
 * emulator's plugin times this processor's cost per event. Where the processor can run the same
 * operation itself, the estimates are compared with its cycles. Start with {@link
 * org.feuerprobe.estimate.Estimates}.
 *
 * <p>An estimate decides no bound.
 */
@NullMarked
package org.feuerprobe.estimate;

import org.jspecify.annotations.NullMarked;
