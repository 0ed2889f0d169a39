/* SPDX-License-Identifier: MIT
 * Sifts a value down a heap. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    int32_t at = 0;

    if (n == 0)
        return 0;
    out[0] = in[0];
    FB_LOOP("log2(N) + 1", while (2 * at + 1 < n)) {
        int32_t child = 2 * at + 1;

        if (child + 1 < n && out[child + 1] > out[child])
            child++;
        if (out[child] <= out[at])
            break;
        const int32_t kept = out[at];

        out[at] = out[child];
        out[child] = kept;
        at = child;
    }
    return at;
}
