/**
 * Does every job of a set of tasks end before its deadline? The package has task sets, their files,
 * the analysis of both policies, and an exact simulation of one schedule.
 *
 * <p>All times are whole numbers of one unit, which the package does not know; on the emulated
 * machine it is the instruction. All arithmetic is exact. Pure: no input or output, clock or
 * randomness. Values are immutable, and safe in any thread. A malformed file gives a {@link
 * org.feuerprobe.schedule.SetException} with the place of each error.
 */
@NullMarked
package org.feuerprobe.schedule;

import org.jspecify.annotations.NullMarked;
