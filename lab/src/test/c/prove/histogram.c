/* SPDX-License-Identifier: MIT
 * Clears counters by a repeated instruction, and counts values. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    int32_t *to = out, most = 0;
    uint64_t words = 16;

    FB_REPEAT("16");
    __asm__ __volatile__("rep stosl" : "+D"(to), "+c"(words) : "a"(0) : "memory");
    FB_LOOP("N", for (int32_t i = 0; i < n; i++))
        out[in[i] & 15]++;
    FB_LOOP("16", for (int32_t i = 0; i < 16; i++))
        if (out[i] > out[most])
            most = i;
    return most;
}
