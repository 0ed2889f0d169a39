/* SPDX-License-Identifier: MIT
 * Whole square roots, bit by bit. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    FB_LOOP("N", for (int32_t i = 0; i < n; i++)) {
        uint32_t rest = (uint32_t)in[i], root = 0;

        FB_LOOP("16", for (uint32_t bit = 1u << 30; bit; bit >>= 2)) {
            if (rest >= root + bit) {
                rest -= root + bit;
                root = root / 2 + bit;
            } else {
                root /= 2;
            }
        }
        out[i] = (int32_t)root;
    }
    return n ? out[0] : 0;
}
