/**
 * How often is the engine wrong? The self-test decides bounds on simulated data whose truth is
 * known, and counts the errors.
 *
 * <p>The package needs no kernel and no target, because it simulates its data. Pure: randomness
 * comes from seeds.
 */
@NullMarked
package org.feuerprobe.selftest;

import org.jspecify.annotations.NullMarked;
