/**
 * Where do results stay? Folders that are written whole or not at all.
 *
 * <p>Knows nothing of their content.
 */
@NullMarked
package org.feuerprobe.archive;

import org.jspecify.annotations.NullMarked;
