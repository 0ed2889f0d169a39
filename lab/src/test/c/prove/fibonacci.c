/* SPDX-License-Identifier: MIT
 * The n-th number of Fibonacci. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    uint32_t a = 0, b = 1;

    (void)in;
    FB_LOOP("N", for (int32_t i = 0; i < n; i++)) {
        const uint32_t sum = a + b;

        a = b;
        b = sum;
    }
    out[0] = (int32_t)a;
    return out[0];
}
