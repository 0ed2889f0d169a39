/** Is every change found, and none that is not there? */
@NullMarked
package org.feuerprobe.compare;

import org.jspecify.annotations.NullMarked;
