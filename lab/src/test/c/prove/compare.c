/* SPDX-License-Identifier: MIT
 * Finds the first difference of two rows. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    FB_LOOP("N", for (int32_t i = 0; i < n; i++))
        if (in[i] != out[i])
            return in[i] < out[i] ? -1 : 1;
    return 0;
}
