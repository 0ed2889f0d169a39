@NullMarked
package org.feuerprobe.report;

import org.jspecify.annotations.NullMarked;
