/**
 * Which picture shows it? Charts as data, and their writers: SVG, gnuplot, matplotlib.
 *
 * <p>Pure: writers return text. Knows nothing of kernels, bounds and verdicts. Every text is
 * escaped for the language it is written into. The same chart gives the same text on every machine.
 */
@NullMarked
package org.feuerprobe.plot;

import org.jspecify.annotations.NullMarked;
