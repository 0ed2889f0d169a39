/**
 * Which data sets and claims are in the input of {@code check}? Reads our JSON Lines line by line,
 * and the files of other tools completely.
 *
 * <p>The package may use {@code exchange} for the other tools' formats. It opens only the files
 * that the user names. Format of our lines: {@code docs/check.md}.
 */
@NullMarked
package org.feuerprobe.check;

import org.jspecify.annotations.NullMarked;
