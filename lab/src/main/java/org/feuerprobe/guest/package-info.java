/**
 * Which system runs the measurement? Targets: systems that boot, run a plan and report samples.
 *
 * <p>The only package that touches foreign memory. A boot ends in a {@link
 * org.feuerprobe.guest.BootOutcome}: a complete run or a named failure, never part of a run. No
 * process and no file outlives a boot, however it ends. The package knows nothing about bounds.
 */
@NullMarked
package org.feuerprobe.guest;

import org.jspecify.annotations.NullMarked;
