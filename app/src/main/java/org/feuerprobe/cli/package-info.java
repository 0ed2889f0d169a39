/**
 * What may a person type? A class {@code XCommand} for each command, {@code XOptions} for options
 * that several share, and beside them what only a command needs. Begin with {@link
 * org.feuerprobe.cli.Main}.
 *
 * <p>The only package that touches the standard streams and the exit status. Puts the others
 * together and is used by none: it decides no bound and fits no model. What a person did wrong is a
 * {@link org.feuerprobe.cli.LabException}.
 */
@NullMarked
package org.feuerprobe.cli;

import org.jspecify.annotations.NullMarked;
