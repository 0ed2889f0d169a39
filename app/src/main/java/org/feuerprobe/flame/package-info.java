/**
 * How is a profile shown? As a table, as JSON, in the formats that other programs read, as
 * annotated source, and as a flame graph on a page of its own. Formats: {@code docs/profile.md}.
 *
 * <p>Pure but for sources and disassembly, which {@link org.feuerprobe.flame.Annotation} reads.
 * Tables and pages show costs of one operation, the other formats sums over all samples, because
 * they want whole numbers.
 */
@NullMarked
package org.feuerprobe.flame;

import org.jspecify.annotations.NullMarked;
