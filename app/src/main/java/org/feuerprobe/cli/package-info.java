/**
 * Which commands can a person type? Each command is a class {@code XCommand}. Options that several
 * commands share are in {@code XOptions}. Begin with {@link org.feuerprobe.cli.Main}.
 *
 * <p>Only this package touches the standard streams and the exit status. It uses the other
 * packages, and none uses it. It decides no bound and fits no model. Wrong use is reported by a
 * {@link org.feuerprobe.harness.LabException}.
 */
@NullMarked
package org.feuerprobe.cli;

import org.jspecify.annotations.NullMarked;
