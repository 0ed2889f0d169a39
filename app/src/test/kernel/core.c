/* SPDX-License-Identifier: MIT
 * Benchmarks of exokernel/core in a kernel of feuerprobe new: bench.c, filled in. */
#include "kit.h"
#include "types.h"

enum { MOST = 1024 };

static struct cap_slot slots[MOST + 1];
static struct cap_table table;
static fp_u64 ids[MOST + 1], room[2][MOST + 2];

static void fill(fp_u64 n)
{
    cap_table_init(&table, slots, (fp_u32)n + 1);
    for (fp_u64 i = 0; i < n; i++)
        ids[i] = cap_table_alloc(&table, 1, (fp_u32)i, 3, 0);
}

static void bench_lookup(struct fp_run *run)
{
    fill(run->n);
    while (fp_next(run)) {
        struct cap_entry found = { 0 };
        const fp_u64 i = fp_random(run, run->n);
        int wrong = 1;
        FP_TIMED(run, wrong = cap_table_lookup(&table, ids[i], &found));
        fp_check(run, !wrong && found.resource == i, "another entry was found");
    }
}

static void bench_init(struct fp_run *run)
{
    while (fp_next(run)) {
        int wrong = 1;
        table.used = 7;
        FP_TIMED(run, wrong = cap_table_init(&table, slots, (fp_u32)run->n + 1));
        fp_check(run, !wrong && !table.used, "the table is not empty");
    }
}

static void bench_less(struct fp_run *run)
{
    struct vector_time *a = (void *)room[0], *b = (void *)room[1];

    vt_init(a, (fp_u32)run->n, 0), vt_init(b, (fp_u32)run->n, 0);
    vt_local_event(b);
    while (fp_next(run)) {
        fp_bool less = 0;
        FP_TIMED(run, less = vt_lt(a, b));
        fp_check(run, less, "the earlier time is not less");
    }
}

const struct fp_benchmark kit_table[] = {
    { "lookup", "cap_table_lookup", "the entry is found", "n", 8, MOST, bench_lookup, 0, 1 },
    { "init", "cap_table_init", "the table is empty", "n", 8, MOST, bench_init, 0, 1 },
    { "less", "vt_lt", "the earlier time is less", "n", 8, MOST, bench_less, 0, 1 },
};
const fp_u32 kit_rows = sizeof kit_table / sizeof *kit_table;
