/**
 * How does a run go from plan to samples? Boots a target as often as needed, checks that counts
 * repeat, and gathers measurements.
 *
 * <p>Knows a target only by its interface, and a verdict only as open or not; nothing of files and
 * reports. A boot that failed is counted, never a sample.
 */
@NullMarked
package org.feuerprobe.campaign;

import org.jspecify.annotations.NullMarked;
