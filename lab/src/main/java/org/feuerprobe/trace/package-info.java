/**
 * What happened when in a kernel? Its events, by processor and environment, and answers to
 * questions about them: who waited for whom, how long messages and requests took. Start with {@link
 * org.feuerprobe.trace.Tracer}.
 *
 * <p>Times are ticks of the guest's clock: instructions of all processors. Everything but the
 * tracer is pure. An event whose kind is unknown is kept, and the trace says so.
 */
@NullMarked
package org.feuerprobe.trace;

import org.jspecify.annotations.NullMarked;
