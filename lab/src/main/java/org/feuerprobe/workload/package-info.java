/**
 * What kind of program is this? Runs it on the LibOS with the emulator's plugin, which counts every
 * instruction and access, and finds its mix, working set, reuse distances, strides, branches,
 * phases, and the kernel operations that it lives on.
 *
 * <p>All counts are exact and repeat from boot to boot. Predictors of branches are models. Phases
 * are found by clustering with a fixed seed.
 */
@NullMarked
package org.feuerprobe.workload;

import org.jspecify.annotations.NullMarked;
