/**
 * What was promised? The package has claims about operations, their expressions, their text form,
 * and the bounds file.
 *
 * <p>Pure except for {@link org.feuerprobe.bound.BoundsFile#read}, which reads one file. Values are
 * immutable, and safe in any thread. A malformed claim or file gives a {@link
 * org.feuerprobe.bound.ClaimSyntaxException} or {@link org.feuerprobe.bound.BoundsFileException}
 * with the place of the error.
 */
@NullMarked
package org.feuerprobe.bound;

import org.jspecify.annotations.NullMarked;
