/* SPDX-License-Identifier: MIT
 * Counts the primes up to n by trial division. */
#include "task.h"

static int32_t prime(int32_t n)
{
    FB_LOOP("N", for (int32_t by = 2; by < n; by++))
        if (n % by == 0)
            return 0;
    return n > 1;
}

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    int32_t found = 0;

    (void)in;
    FB_LOOP("N", for (int32_t i = 1; i <= n; i++))
        found += prime(i);
    out[0] = found;
    return found;
}
