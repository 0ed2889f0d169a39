/** Do the packages keep the directions that the design gives them? */
@NullMarked
package org.feuerprobe.architecture;

import org.jspecify.annotations.NullMarked;
