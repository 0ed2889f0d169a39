/**
 * How is a campaign shown? As JSON documents, a table for the terminal and a page for the browser.
 *
 * <p>Pure: writes to what it is handed. Text from kernels and files is made harmless where it is
 * written. Reads results folders through {@code archive}. May use everything but {@code cli},
 * {@code compare} and {@code gate}.
 */
@NullMarked
package org.feuerprobe.report;

import org.jspecify.annotations.NullMarked;
