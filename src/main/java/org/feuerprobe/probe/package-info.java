@NullMarked
package org.feuerprobe.probe;

import org.jspecify.annotations.NullMarked;
