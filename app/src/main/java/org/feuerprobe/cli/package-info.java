/**
 * Which commands can a person type? A class {@code XCommand} for each command, {@code XOptions} for
 * options that several commands share, and helpers that only commands need. Begin with {@link
 * org.feuerprobe.cli.Main}.
 *
 * <p>Only this package touches the standard streams and the exit status. It uses the other packages
 * and none uses it; it decides no bound and fits no model. A wrong use is reported by a {@link
 * org.feuerprobe.harness.LabException}.
 */
@NullMarked
package org.feuerprobe.cli;

import org.jspecify.annotations.NullMarked;
