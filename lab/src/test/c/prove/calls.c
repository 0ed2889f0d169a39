/* SPDX-License-Identifier: MIT
 * Functions that call each other, one in two loops. */
#include "task.h"

static __attribute__((noinline)) uint32_t mixed(uint32_t value, int32_t rounds)
{
    FB_LOOP("4", for (int32_t i = 0; i < rounds; i++))
        value = (value ^ value >> 7) * 5;
    return value;
}

static __attribute__((noinline)) uint32_t twice(uint32_t value)
{
    return value & 1 ? mixed(value, 4) : mixed(value, 2) + mixed(value + 1, 1);
}

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    uint32_t sum = 0;

    FB_LOOP("N", for (int32_t i = 0; i < n; i++))
        sum += twice((uint32_t)in[i]);
    FB_LOOP("ceil(N/2)", for (int32_t i = 0; i < n; i += 2))
        sum ^= mixed((uint32_t)in[i], 3);
    out[0] = (int32_t)sum;
    return out[0];
}
