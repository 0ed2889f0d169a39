/**
 * How does an unmodified Linux program run on the LibOS? Packs its files into an archive, boots the
 * exokernel with it, and reads back the console, the exit status and the counts of its system
 * calls.
 *
 * <p>Everything that a program does is counted on one clock: its own instructions, those of the
 * LibOS in its address space, of the server and of the kernel.
 */
@NullMarked
package org.feuerprobe.linux;

import org.jspecify.annotations.NullMarked;
