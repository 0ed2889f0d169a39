/**
 * How does a campaign read as text? The package makes tables and sentences for a terminal,
 * Markdown, CSV, and a bounds file with refined bounds.
 *
 * <p>Pure: it returns text. HTML and charts are in {@code page}, and {@code results} opens folders.
 */
@NullMarked
package org.feuerprobe.report;

import org.jspecify.annotations.NullMarked;
