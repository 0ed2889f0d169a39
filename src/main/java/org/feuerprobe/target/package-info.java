@NullMarked
package org.feuerprobe.target;

import org.jspecify.annotations.NullMarked;
