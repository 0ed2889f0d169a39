/* SPDX-License-Identifier: MIT
 * Runs the values as a program of a small machine, by a jump table. */
#include "task.h"

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    uint32_t a = 1, b = 2, steps = 0;

    FB_LOOP("N", for (int32_t i = 0; i < n; i++)) {
        switch ((uint32_t)in[i] % 10) {
        case 0:
            a += b;
            break;
        case 1:
            a -= b;
            break;
        case 2:
            a = a * 3 + 1;
            break;
        case 3:
            b = a ^ b;
            break;
        case 4:
            b = b << 1 | b >> 31;
            a++;
            break;
        case 5:
            a = (a & 0xff00) + (b & 0x00ff) + steps;
            break;
        case 6:
            steps += a & 3;
            break;
        case 7:
            out[1] = (int32_t)a;
            break;
        default:
            return (int32_t)steps;
        }
        steps++;
    }
    out[0] = (int32_t)(a + b);
    return (int32_t)steps;
}
