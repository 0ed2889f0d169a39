/** What do tests share? Golden files. */
@NullMarked
package org.feuerprobe.testing;

import org.jspecify.annotations.NullMarked;
