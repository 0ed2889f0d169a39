/**
 * What changed from one campaign to another? The package compares each operation at each point,
 * each cost model and each verdict. Counts that repeat are compared exactly, other costs with
 * intervals and false-discovery control.
 *
 * <p>Pure: it reads campaigns that {@code results} has loaded, and needs no clock and no
 * randomness. It may use {@code results}, {@code sample}, {@code verdict}, and the table of {@code
 * report}. Rules: {@code docs/compare.md}.
 */
@NullMarked
package org.feuerprobe.compare;

import org.jspecify.annotations.NullMarked;
