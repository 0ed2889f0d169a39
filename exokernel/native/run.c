/* SPDX-License-Identifier: MIT
 * The plan, carried out in this process. */
#include "native.h"

#include "bench.h"
#include "kernel.h"
#include "memory.h"

static void *region;
static uint64_t scratch[2];

static void *map_region(uint64_t base, uint64_t size)
{
    (void)base, (void)size;
    return region;
}

/* Bytes of the pool in use, or the most of them; there are no environments here. */
static uint64_t pool_in_use(uint32_t what)
{
    if (what == FP_MOST)
        return pages_most_used() * PAGE_SIZE;
    return what ? 0 : pages_used() * PAGE_SIZE;
}

static void put_nowhere(char c) { (void)c; }

uint32_t native_run(const void *plan, uint64_t size, void *output)
{
    static const struct fp_platform platform = {
        .name = "feuerbird-core", .version = FEUERBIRD_VERSION, .build = FEUERBIRD_BUILD, .cpus = 1,
        .map = map_region, .scratch = scratch, .scratch_size = sizeof scratch, .put = put_nowhere,
        .memory = pool_in_use,
#ifndef FP_CLOCK_READ
        .other_clock = native_against_monotonic,
#endif
    };

    region = output;
    arena_init();
    return fp_open(&platform, plan, size) ? FP_REFUSED : fp_carry_out(bench_table, bench_count);
}
