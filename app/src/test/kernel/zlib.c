/* SPDX-License-Identifier: MIT
 * Benchmarks of Debian's libz.a in a kernel of feuerprobe new: bench.c, filled in. */
#include "kit.h"
#include "types.h"

enum { MOST = 4096 };

static unsigned char text[MOST], packed[2 * MOST], unpacked[MOST];

static void fill(struct fp_run *run)
{
    for (fp_u64 i = 0; i < run->n; i++)
        text[i] = (unsigned char)fp_random(run, 256);
}

/* The definition: two sums modulo 65521. */
static unsigned long adler(fp_u64 n)
{
    unsigned long a = 1, b = 0;

    for (fp_u64 i = 0; i < n; i++)
        a = (a + text[i]) % 65521, b = (b + a) % 65521;
    return b << 16 | a;
}

static void bench_adler(struct fp_run *run)
{
    fill(run);
    while (fp_next(run)) {
        unsigned long sum = 0;
        FP_TIMED(run, sum = adler32(1, text, (unsigned)run->n));
        fp_check(run, sum == adler(run->n), "the checksum is wrong");
    }
}

static void bench_uncompress(struct fp_run *run)
{
    unsigned long bytes = sizeof packed;

    fill(run);
    if (compress(packed, &bytes, text, run->n))
        kit_panic("compress failed");
    while (fp_next(run)) {
        unsigned long got = sizeof unpacked;
        int wrong = 1;
        unpacked[run->n - 1] = (unsigned char)~text[run->n - 1];
        FP_TIMED(run, wrong = uncompress(unpacked, &got, packed, bytes));
        fp_check(run, !wrong && got == run->n && unpacked[got - 1] == text[got - 1], "other bytes");
    }
}

const struct fp_benchmark kit_table[] = {
    { "adler32", "adler32", "the checksum", "n", 16, MOST, bench_adler, 0, 1 },
    { "uncompress", "uncompress", "the bytes are back", "n", 16, MOST, bench_uncompress, 0, 1 },
};
const fp_u32 kit_rows = sizeof kit_table / sizeof *kit_table;
