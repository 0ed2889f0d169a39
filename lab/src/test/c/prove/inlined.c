/* SPDX-License-Identifier: MIT
 * One loop that is inlined twice, with different lengths. */
#include "task.h"

static inline uint32_t total(const int32_t *in, int32_t from, int32_t to)
{
    uint32_t sum = 0;

    FB_LOOP("N", for (int32_t i = from; i < to; i++))
        sum += (uint32_t)in[i];
    return sum;
}

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    uint32_t sum = total(in, 0, n);

    if (sum & 1)
        sum ^= total(in, n / 2, n);
    out[0] = (int32_t)sum;
    return out[0];
}
