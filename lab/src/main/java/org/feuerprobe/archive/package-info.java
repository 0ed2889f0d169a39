/**
 * Where are results kept? In sealed folders, written completely or not at all, with values in
 * checksummed blocks, and in archives of many such folders.
 *
 * <p>A reader returns what was written, or throws a {@link
 * org.feuerprobe.archive.BlockFormatException} that says what is damaged. Formats: {@code
 * docs/results.md}. The package knows values and names, but not what they mean. Writers of
 * different folders do not disturb each other.
 */
@NullMarked
package org.feuerprobe.archive;

import org.jspecify.annotations.NullMarked;
