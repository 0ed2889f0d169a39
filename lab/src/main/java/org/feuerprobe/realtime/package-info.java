/**
 * Does a task set keep its deadlines on this project's kernel, as the analysis says? The package
 * reads the files of sets, measures the costs of scheduler and kernel, runs a set from many
 * phasings, and holds every job against the analysis.
 *
 * <p>A file that cannot be used is a {@link org.feuerprobe.harness.LabException} of wrong use,
 * whose message names file, line and field. A boot that fails is one of a failed target. Nothing
 * depends on the host's clock.
 */
@NullMarked
package org.feuerprobe.realtime;

import org.jspecify.annotations.NullMarked;
