/* SPDX-License-Identifier: MIT
 * A benchmark of Debian's libbz2.a in a kernel of feuerprobe new: bench.c, filled in. */
#include "kit.h"
#include "types.h"

enum { MOST = 64 };

static char text[MOST], packed[MOST + 1024], unpacked[MOST];

static void bench_decompress(struct fp_run *run)
{
    unsigned bytes = sizeof packed;

    for (fp_u64 i = 0; i < run->n; i++)
        text[i] = (char)fp_random(run, 256);
    if (BZ2_bzBuffToBuffCompress(packed, &bytes, text, (unsigned)run->n, 1, 0, 0))
        kit_panic("compress failed");
    while (fp_next(run)) {
        unsigned got = sizeof unpacked;
        int wrong = 1;
        unpacked[run->n - 1] = (char)~text[run->n - 1];
        FP_TIMED(run, wrong = BZ2_bzBuffToBuffDecompress(unpacked, &got, packed, bytes, 0, 0));
        fp_check(run, !wrong && got == run->n && unpacked[got - 1] == text[got - 1], "other bytes");
    }
}

const struct fp_benchmark kit_table[] = {
    { "decompress", "BZ2_bzBuffToBuffDecompress", "the bytes are back", "n", 8, MOST,
      bench_decompress, 0, 1 },
};
const fp_u32 kit_rows = sizeof kit_table / sizeof *kit_table;
