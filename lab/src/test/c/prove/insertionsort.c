/* SPDX-License-Identifier: MIT
 * Sorts by inserting. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    FB_LOOP("N", for (int32_t i = 0; i < n; i++)) {
        int32_t at = i;

        FB_LOOP("N", while (at > 0 && out[at - 1] > in[i])) {
            out[at] = out[at - 1];
            at--;
        }
        out[at] = in[i];
    }
    return n ? out[0] : 0;
}
