/**
 * What would it cost in cycles where they cannot be measured? Counts of the emulator's plugin times
 * what this processor charges for each event, held against what the processor takes where it runs
 * the same itself. Begin with {@link org.feuerprobe.estimate.Estimates}.
 *
 * <p>An estimate decides nothing.
 */
@NullMarked
package org.feuerprobe.estimate;

import org.jspecify.annotations.NullMarked;
