/* SPDX-License-Identifier: MIT
 * A benchmark of liblzma's checksum in a kernel of feuerprobe new: bench.c, filled in. */
#include "kit.h"
#include "types.h"

enum { MOST = 4096 };

static unsigned char text[MOST];

/* The same checksum, bit by bit. */
static fp_u32 crc(fp_u64 n)
{
    fp_u32 sum = ~0u;

    for (fp_u64 i = 0; i < n; i++) {
        sum ^= text[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
    }
    return ~sum;
}

static void bench_crc(struct fp_run *run)
{
    for (fp_u64 i = 0; i < run->n; i++)
        text[i] = (unsigned char)fp_random(run, 256);
    while (fp_next(run)) {
        fp_u32 sum = 0;
        FP_TIMED(run, sum = lzma_crc32(text, run->n, 0));
        fp_check(run, sum == crc(run->n), "the checksum is wrong");
    }
}

const struct fp_benchmark kit_table[] = {
    { "crc32", "lzma_crc32", "the checksum is right", "n", 64, MOST, bench_crc, 0, 1 },
};
const fp_u32 kit_rows = sizeof kit_table / sizeof *kit_table;
