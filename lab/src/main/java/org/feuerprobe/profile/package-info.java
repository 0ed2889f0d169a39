/**
 * Where do an operation's instructions go? Exact profiles: executions of every instruction by the
 * calls that led to it, in both rings and in every environment. Start with {@link
 * org.feuerprobe.profile.Profiler}.
 *
 * <p>A profile's total equals what the guest's clock counted; otherwise there is no profile, but a
 * {@link org.feuerprobe.harness.LabException}. Names and lines come from {@code nm} and {@code
 * addr2line}. Counts are sums over all samples of a profile.
 */
@NullMarked
package org.feuerprobe.profile;

import org.jspecify.annotations.NullMarked;
