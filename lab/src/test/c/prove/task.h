/* SPDX-License-Identifier: MIT
 * A program whose worst case is proved, and held against real runs. */
#ifndef TASK_H
#define TASK_H

#include <stdint.h>

#include <loopbound.h>

/* n is the parameter N of the bounds, 0 to MOST. `in` has MOST + 1 values, `out` MOST² + MOST. */
#define MOST 16

int32_t task(const int32_t *in, int32_t n, int32_t *out);

#endif
