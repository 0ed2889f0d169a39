/**
 * How does a run go from plan to samples? Boots a target as often as needed, checks that counts
 * repeat, and gathers measurements.
 *
 * <p>May use {@code plan}, {@code target}, {@code probe}, {@code sample}, and {@code verdict} to
 * see what is still open.
 */
@NullMarked
package org.feuerprobe.campaign;

import org.jspecify.annotations.NullMarked;
