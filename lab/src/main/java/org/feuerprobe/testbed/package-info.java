/**
 * On what was it measured? Facts about machine, emulator and toolchain, recorded with every result.
 *
 * <p>Reads {@code /proc} and asks tools for their versions. A fact that cannot be read is {@code
 * unknown}, never a guess.
 */
@NullMarked
package org.feuerprobe.testbed;

import org.jspecify.annotations.NullMarked;
