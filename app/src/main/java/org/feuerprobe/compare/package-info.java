/**
 * What changed from one campaign to another? Each operation at each point, each cost model, each
 * verdict: exactly where counts repeat, with intervals and false-discovery control where they do
 * not.
 *
 * <p>Pure: reads campaigns that {@code results} has read, needs no clock and no randomness. May use
 * {@code results}, {@code sample}, {@code verdict}, and the table of {@code report}. How a change
 * is decided: {@code docs/compare.md}.
 */
@NullMarked
package org.feuerprobe.compare;

import org.jspecify.annotations.NullMarked;
