/* SPDX-License-Identifier: MIT
 * Multiplies a matrix of n rows and 4 columns by one of 4 rows and 4 columns. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    FB_LOOP("N", for (int32_t row = 0; row < n; row++)) {
        FB_LOOP("4", for (int32_t column = 0; column < 4; column++)) {
            uint32_t sum = 0;

            FB_LOOP("4", for (int32_t k = 0; k < 4; k++))
                sum += (uint32_t)in[(row + k) % MOST] * (uint32_t)in[k * 4 + column];
            out[row * 4 + column] = (int32_t)sum;
        }
    }
    return out[0];
}
