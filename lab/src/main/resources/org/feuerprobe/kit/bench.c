/* SPDX-License-Identifier: MIT
 * Your benchmarks. This one searches a list; replace it. Claims are in bounds.yaml. */
#include "kit.h"

enum { MOST = 1024 };

static struct item {
    fp_u64 key;
    struct item *next;
} items[MOST];

static __attribute__((noinline)) struct item *find(fp_u64 key)
{
    struct item *i = items;

    while (i && i->key != key)
        i = i->next;
    return i;
}

static void bench_find(struct fp_run *run)
{
    for (fp_u64 i = 0; i < run->n; i++) /* prepare: outside of the clock */
        items[i] = (struct item){ i, i + 1 < run->n ? &items[i + 1] : 0 };
    while (fp_next(run)) { /* operation, overhead twin, operation, … */
        struct item *found = 0;
        FP_TIMED(run, found = find(run->n - 1));
        fp_check(run, found == &items[run->n - 1], "find did not return the last item");
    }
}

/* name, operation, effect, parameter, from, to, function, ring, processors
 * A benchmark that does not use run->n has no parameter:
 * { "push", "push", "the value is on top", .run = bench_push }, */
const struct fp_benchmark kit_table[] = {
    { "find/last", "find", "the last item is found", "n", 4, MOST, bench_find, 0, 1 },
};
const fp_u32 kit_rows = sizeof kit_table / sizeof *kit_table;
