/**
 * Which data sets and claims does the input of {@code check} hold? Reads JSON Lines of ours line by
 * line, and the files of other tools whole.
 *
 * <p>May use {@code exchange} for the other tools' formats. Opens the files that the user names and
 * no others. Format of our lines: {@code docs/check.md}.
 */
@NullMarked
package org.feuerprobe.check;

import org.jspecify.annotations.NullMarked;
