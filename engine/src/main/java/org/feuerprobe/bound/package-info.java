/**
 * What was promised? Claims about operations: their expressions, their text form and the bounds
 * file.
 *
 * <p>Pure but for {@link org.feuerprobe.bound.BoundsFile#read}, which reads one file. Immutable
 * values, safe in any thread. A malformed claim or file is a {@link
 * org.feuerprobe.bound.ClaimSyntaxException} or {@link org.feuerprobe.bound.BoundsFileException}
 * that names the place.
 */
@NullMarked
package org.feuerprobe.bound;

import org.jspecify.annotations.NullMarked;
