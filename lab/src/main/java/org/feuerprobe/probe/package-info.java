/**
 * How do kernel and validator communicate? Encoder and decoder for the formats in {@code
 * docs/probe.md}.
 *
 * <p>Pure. The input comes from a stranger: any bytes lead to records or to a {@link
 * org.feuerprobe.probe.ProbeFormatException} that names the offset. All numbers are little-endian.
 * The package does not know how the bytes arrived.
 */
@NullMarked
package org.feuerprobe.probe;

import org.jspecify.annotations.NullMarked;
