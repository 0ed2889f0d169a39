/**
 * Where does the outcome of a command go? Results folders that are begun before anything is
 * measured, comparisons of two kernels, and campaigns joined from the parts of many machines.
 *
 * <p>The package may use {@code archive} and {@code results} for what is stored, {@code page} for
 * the page in each folder, and {@code compare} and {@code gate} for what changed. It prints
 * nothing.
 */
@NullMarked
package org.feuerprobe.outcome;

import org.jspecify.annotations.NullMarked;
