/**
 * How does a run go from plan to samples? Boots a target as often as needed, checks that counts
 * repeat, and gathers measurements.
 *
 * <p>May use {@code plan}, {@code target}, {@code probe} and {@code sample}.
 */
@NullMarked
package org.feuerprobe.campaign;

import org.jspecify.annotations.NullMarked;
