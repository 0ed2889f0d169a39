@NullMarked
package org.feuerprobe.testbed;

import org.jspecify.annotations.NullMarked;
