/* SPDX-License-Identifier: MIT
 * A filter with eight taps. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    static const int32_t taps[8] = { 1, -3, 7, 12, 12, 7, -3, 1 };

    FB_LOOP("N", for (int32_t i = 0; i < n; i++)) {
        uint32_t sum = 0;

        FB_LOOP("8", for (int32_t tap = 0; tap < 8; tap++))
            if (i - tap >= 0)
                sum += (uint32_t)taps[tap] * (uint32_t)in[i - tap];
        out[i] = (int32_t)sum;
    }
    return n ? out[n - 1] : 0;
}
