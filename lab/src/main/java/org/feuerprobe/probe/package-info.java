/**
 * How do kernel and validator talk? Encoder and decoder of the contract in {@code docs/probe.md}.
 *
 * <p>Pure. Input comes from a stranger: whatever the bytes, the decoder ends with records or a
 * {@link org.feuerprobe.probe.ProbeFormatException} that names the offset. Little-endian
 * throughout. Knows nothing of how the bytes came here.
 */
@NullMarked
package org.feuerprobe.probe;

import org.jspecify.annotations.NullMarked;
