/**
 * How does the program speak to a terminal? The standard streams, the progress line, and the layout
 * of help and manual page.
 *
 * <p>Only this package and {@code cli} touch the standard streams. Begin with {@link
 * org.feuerprobe.terminal.Console}.
 */
@NullMarked
package org.feuerprobe.terminal;

import org.jspecify.annotations.NullMarked;
