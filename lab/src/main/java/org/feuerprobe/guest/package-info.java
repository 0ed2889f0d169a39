/**
 * Where is it measured? Targets: things that boot, take a plan and hand back samples.
 *
 * <p>The only package that touches foreign memory. A boot ends in a {@link
 * org.feuerprobe.guest.BootOutcome}: a whole run or a named failure, never part of a run. No
 * process and no file outlives a boot, however it ends. Knows nothing of bounds.
 */
@NullMarked
package org.feuerprobe.guest;

import org.jspecify.annotations.NullMarked;
