/* SPDX-License-Identifier: MIT
 * Sorts with gaps 7, 3 and 1. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    static const int32_t gaps[3] = { 7, 3, 1 };

    FB_LOOP("N", for (int32_t i = 0; i < n; i++))
        out[i] = in[i];
    FB_LOOP("3", for (int32_t g = 0; g < 3; g++)) {
        const int32_t gap = gaps[g];

        FB_LOOP("N", for (int32_t i = gap; i < n; i++)) {
            const int32_t value = out[i];
            int32_t at = i;

            FB_LOOP("N", for (; at >= gap && out[at - gap] > value; at -= gap))
                out[at] = out[at - gap];
            out[at] = value;
        }
    }
    return out[0];
}
