/**
 * Where do results stay? Folders that are written whole or not at all, sealed, with their values in
 * checksummed blocks; and catalogues of many of them.
 *
 * <p>A reader hands out what was written or says what is damaged, never something else: a {@link
 * org.feuerprobe.archive.BlockFormatException}. Formats: {@code docs/results.md}. Knows values and
 * names, not what they mean. Writers of different folders do not disturb each other.
 */
@NullMarked
package org.feuerprobe.archive;

import org.jspecify.annotations.NullMarked;
