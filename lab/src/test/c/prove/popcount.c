/* SPDX-License-Identifier: MIT
 * Counts the bits that are set. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    int32_t bits = 0;

    FB_LOOP("N", for (int32_t i = 0; i < n; i++)) {
        uint32_t value = (uint32_t)in[i];

        FB_LOOP("32", while (value)) {
            value &= value - 1;
            bits++;
        }
    }
    out[0] = bits;
    return bits;
}
