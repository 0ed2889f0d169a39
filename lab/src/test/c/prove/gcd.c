/* SPDX-License-Identifier: MIT
 * Greatest common divisors; by Lamé's theorem, 32 bits take at most 47 divisions. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    FB_LOOP("N", for (int32_t i = 0; i < n; i++)) {
        uint32_t a = (uint32_t)in[i], b = (uint32_t)in[i + 1];

        FB_LOOP("48", while (b)) {
            const uint32_t rest = a % b;

            a = b;
            b = rest;
        }
        out[i] = (int32_t)a;
    }
    return n ? out[0] : 0;
}
