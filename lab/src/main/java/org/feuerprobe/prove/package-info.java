/**
 * How many instructions can a function of a program take at most, on every path?
 *
 * <p>The answer is read out of the linked file: objdump disassembles it, {@link
 * org.feuerprobe.prove.ControlFlow} follows every jump, {@link org.feuerprobe.prove.LoopNest} finds
 * the loops, and {@link org.feuerprobe.prove.PathAnalysis} takes the longest path as a law in the
 * parameters of the loops' bounds. {@link org.feuerprobe.prove.PathProgram} computes the same at
 * points as an integer program, and the two must agree. The bounds come from notes that stand
 * beside the loops in the source ({@code probe/loopbound.h}).
 *
 * <p>Whatever is not understood is reported with its place, and nothing is proved of a function
 * that depends on it. Units are instructions as QEMU's {@code -icount} charges them. Nothing here
 * is shared between threads. Errors that the user can mend are {@link
 * org.feuerprobe.harness.LabException}s.
 */
@NullMarked
package org.feuerprobe.prove;

import org.jspecify.annotations.NullMarked;
