/**
 * How does a campaign read as text? Tables and sentences for a terminal, Markdown, CSV, and the
 * refined bounds as a bounds file.
 *
 * <p>Pure: returns text. Knows nothing of HTML and charts ({@code page}) and opens no folder
 * ({@code results}).
 */
@NullMarked
package org.feuerprobe.report;

import org.jspecify.annotations.NullMarked;
