/**
 * How does a stranger's C become a kernel that boots and can be measured? The package writes a
 * folder with start code, linker script, probe and benchmarks around it. It boots the result once
 * to find out what works.
 *
 * <p>The folder's files are templates, which are resources of this package, and the probe, which is
 * copied. The compiler and binutils do everything that depends on the processor.
 *
 * <p>Errors are {@link org.feuerprobe.harness.LabException}s, whose text is meant for the user.
 */
@NullMarked
package org.feuerprobe.kit;

import org.jspecify.annotations.NullMarked;
