/* SPDX-License-Identifier: MIT
 * What the code needs and nobody has. Each of these stops the kernel and names itself: write those
 * that your benchmarks reach, or add the files that have them. */
#include "kit.h"
