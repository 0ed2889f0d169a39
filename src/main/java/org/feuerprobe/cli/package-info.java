/**
 * What may a person type? The commands; the only package that touches the standard streams and the
 * exit status.
 */
@NullMarked
package org.feuerprobe.cli;

import org.jspecify.annotations.NullMarked;
