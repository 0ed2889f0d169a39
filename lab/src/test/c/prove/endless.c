/* SPDX-License-Identifier: MIT
 * A loop without a condition, left from its middle. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    int32_t i = 0;

    FB_LOOP("N + 1", for (;;)) {
        if (i >= n)
            break;
        if (in[i] == out[i])
            return i;
        out[i] ^= in[i];
        i++;
    }
    return -1;
}
