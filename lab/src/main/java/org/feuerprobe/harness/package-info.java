/**
 * How is a request carried out? Opens the target that is asked for, finds out what its clock is
 * worth, measures, judges, and returns a campaign's report.
 *
 * <p>{@link org.feuerprobe.harness.Validation} is the main loop of the program. Nothing here prints
 * or reads a command line: a {@link org.feuerprobe.harness.MeasurementListener} hears what happens.
 *
 * <p>Errors are {@link org.feuerprobe.harness.LabException}s, whose text is meant for the user.
 */
@NullMarked
package org.feuerprobe.harness;

import org.jspecify.annotations.NullMarked;
