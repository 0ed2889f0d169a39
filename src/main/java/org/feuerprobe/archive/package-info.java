@NullMarked
package org.feuerprobe.archive;

import org.jspecify.annotations.NullMarked;
