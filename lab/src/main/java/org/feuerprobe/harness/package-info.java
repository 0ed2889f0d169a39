/**
 * How is a request carried out? This package opens the target, calibrates its clock, measures,
 * judges, and returns the report of the campaign.
 *
 * <p>{@link org.feuerprobe.harness.Validation} is the main loop of the program. Nothing here prints
 * or reads a command line. Progress is reported to a {@link
 * org.feuerprobe.harness.MeasurementListener}.
 *
 * <p>Errors are {@link org.feuerprobe.harness.LabException}s, whose text is meant for the user.
 */
@NullMarked
package org.feuerprobe.harness;

import org.jspecify.annotations.NullMarked;
