@NullMarked
package org.feuerprobe.cli;

import org.jspecify.annotations.NullMarked;
