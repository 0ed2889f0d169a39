/* SPDX-License-Identifier: MIT
 * Sorts by swapping neighbours, and stops when nothing was swapped. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    int32_t rounds = 0, swapped = 1;

    FB_LOOP("N", for (int32_t i = 0; i < n; i++))
        out[i] = in[i];
    FB_LOOP("N + 1", while (swapped)) {
        swapped = 0;
        rounds++;
        FB_LOOP("N", for (int32_t i = 0; i + 1 < n; i++)) {
            if (out[i] > out[i + 1]) {
                const int32_t kept = out[i];

                out[i] = out[i + 1];
                out[i + 1] = kept;
                swapped = 1;
            }
        }
    }
    return rounds;
}
