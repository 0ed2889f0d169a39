/* SPDX-License-Identifier: MIT
 * A loop whose inner loop is as long as the outer one has come. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    uint32_t sum = 0;

    FB_LOOP("N", for (int32_t i = 0; i < n; i++)) {
        FB_LOOP("N", for (int32_t j = 0; j < i; j++))
            sum += (uint32_t)(in[i] ^ in[j]);
    }
    out[0] = (int32_t)sum;
    return out[0];
}
