/**
 * How much energy does an operation take? Finds the sources of this machine that count energy or
 * measure power, reads them, and derives joules per operation.
 *
 * <p>A source that is missing or forbidden is never read as 0: it has a reason and a remedy. In the
 * emulator nothing is measurable, because the host's energy is the translator's.
 *
 * <p>Energies are in joules, powers in watts, times in nanoseconds.
 */
@NullMarked
package org.feuerprobe.energy;

import org.jspecify.annotations.NullMarked;
