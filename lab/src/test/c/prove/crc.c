/* SPDX-License-Identifier: MIT
 * A checksum, bit by bit. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    uint32_t crc = 0xffffffff;

    FB_LOOP("N", for (int32_t i = 0; i < n; i++)) {
        crc ^= (uint32_t)in[i] & 0xff;
        FB_LOOP("8", for (int32_t bit = 0; bit < 8; bit++))
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    out[0] = (int32_t)~crc;
    return out[0];
}
