/* SPDX-License-Identifier: MIT
 * A ring buffer that overflows. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    uint32_t head = 0, tail = 0, lost = 0;

    FB_LOOP("N", for (int32_t i = 0; i < n; i++)) {
        if (in[i] & 1 && head - tail == 8) {
            lost++;
        } else if (in[i] & 1) {
            out[head++ % 8] = in[i];
        } else if (head != tail) {
            lost ^= (uint32_t)out[tail++ % 8] & 1;
        }
    }
    return (int32_t)lost;
}
