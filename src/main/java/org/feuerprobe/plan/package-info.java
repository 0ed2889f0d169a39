@NullMarked
package org.feuerprobe.plan;

import org.jspecify.annotations.NullMarked;
