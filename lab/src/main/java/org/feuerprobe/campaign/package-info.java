/**
 * How does a plan become measurements? A campaign boots a target as often as needed, checks that
 * counts repeat, and collects the values.
 *
 * <p>The package knows a target only by its interface, and of a verdict only whether it is
 * undecided and what it needs. It knows nothing about files and reports. A failed boot ends the
 * campaign and never contributes samples.
 */
@NullMarked
package org.feuerprobe.campaign;

import org.jspecify.annotations.NullMarked;
