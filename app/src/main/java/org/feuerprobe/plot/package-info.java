/**
 * How are charts drawn? Charts as data, and writers for SVG, gnuplot and matplotlib.
 *
 * <p>Pure: writers return text. The package knows nothing about kernels, bounds and verdicts. Every
 * text is escaped for its output language. The same chart gives the same text on every machine.
 */
@NullMarked
package org.feuerprobe.plot;

import org.jspecify.annotations.NullMarked;
