/**
 * How is a trace shown, and written for another program? As text, as Chrome's JSON, as Perfetto's
 * protocol buffer, as CTF 1.8, and as the tables that answer questions. Formats: {@code
 * docs/trace.md}.
 *
 * <p>Pure but for {@link org.feuerprobe.timeline.TraceFiles}, which writes. One tick of the guest's
 * clock is written as one nanosecond.
 */
@NullMarked
package org.feuerprobe.timeline;

import org.jspecify.annotations.NullMarked;
