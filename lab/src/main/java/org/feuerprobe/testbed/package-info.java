/**
 * Which machine was it, and is it quiet enough? Facts about machine, emulator and toolchain,
 * recorded with every result, and checks of the machine's condition.
 *
 * <p>Reads {@code /proc} and asks tools for their versions. A fact that cannot be read is {@code
 * unknown}, never a guess.
 */
@NullMarked
package org.feuerprobe.testbed;

import org.jspecify.annotations.NullMarked;
