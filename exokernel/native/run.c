/* SPDX-License-Identifier: MIT
 * Carries out a plan in this process. */
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

/* Bytes of the pool in use, or the most that were. There are no environments here. */
static uint64_t pool_in_use(uint32_t what)
{
    if (what == FP_MOST)
        return pages_most_used() * PAGE_SIZE;
    return what ? 0 : pages_used() * PAGE_SIZE;
}

/* Pause for a random number of counter steps before each repetition. Readings then fall anywhere
 * between two steps, so what a step hides follows a known law (docs/statistics.md). */
static void dither(uint32_t entry, uint64_t repetition)
{
    enum { LONGEST = 1024 };
    static struct fp_run own;

    (void)entry, (void)repetition;
    for (uint64_t n = fp_random(&own, LONGEST); n; n--)
        __asm__ volatile("");
}

static void put_nowhere(char c) { (void)c; }

uint32_t native_run(const void *plan, uint64_t size, void *output)
{
    static const struct fp_platform platform = {
        .name = "feuerbird-core",
        .version = FEUERBIRD_VERSION,
        .build = FEUERBIRD_BUILD,
        .cpus = 1,
        .map = map_region,
        .scratch = scratch,
        .scratch_size = sizeof scratch,
        .put = put_nowhere,
        .step = dither,
        .memory = pool_in_use,
#ifndef FP_CLOCK_READ
        .other_clock = native_against_monotonic,
#endif
    };

    region = output;
    arena_init();
    return fp_open(&platform, plan, size) ? FP_REFUSED : fp_carry_out(bench_table, bench_count);
}
