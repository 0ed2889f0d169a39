/* SPDX-License-Identifier: MIT
 * Looks a value up in sorted ones. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    int32_t low = 0, high = n - 1;

    FB_LOOP("log2(N) + 1", while (low <= high)) {
        const int32_t middle = (low + high) / 2;

        if (in[middle] == out[0])
            return middle;
        if (in[middle] < out[0])
            low = middle + 1;
        else
            high = middle - 1;
    }
    return -1;
}
