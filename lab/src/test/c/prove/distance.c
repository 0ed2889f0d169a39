/* SPDX-License-Identifier: MIT
 * Edit distance of two rows (Levenshtein). */
#include "task.h"

static int32_t least(int32_t a, int32_t b, int32_t c)
{
    const int32_t d = a < b ? a : b;

    return d < c ? d : c;
}

int32_t task(const int32_t *in, int32_t n, int32_t *out)
{
    int32_t *row = out + MOST;

    FB_LOOP("N + 1", for (int32_t j = 0; j <= n; j++))
        row[j] = j;
    FB_LOOP("N", for (int32_t i = 1; i <= n; i++)) {
        int32_t corner = row[0];

        row[0] = i;
        FB_LOOP("N", for (int32_t j = 1; j <= n; j++)) {
            const int32_t above = row[j];

            row[j] = least(above + 1, row[j - 1] + 1, corner + (in[i - 1] != out[j - 1]));
            corner = above;
        }
    }
    return row[n];
}
