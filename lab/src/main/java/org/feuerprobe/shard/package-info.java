/**
 * How do many machines carry out one campaign? Each carries out a shard of its boots and keeps them
 * in a part; merging the parts gives the results that one machine gives.
 *
 * <p>A boot is a function of kernel, plan, seed and emulator, so it gives the same counts on every
 * machine. A share of the boots is carried out twice, on different machines, and a machine whose
 * counts differ from those of two others is named. Formats: {@code docs/many-machines.md}.
 */
@NullMarked
package org.feuerprobe.shard;

import org.jspecify.annotations.NullMarked;
