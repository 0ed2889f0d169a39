/* SPDX-License-Identifier: MIT
 * Adds up the values. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    uint32_t sum = 0;

    FB_LOOP("N", for (int32_t i = 0; i < n; i++))
        sum += (uint32_t)in[i];
    out[0] = (int32_t)sum;
    return out[0];
}
