/* SPDX-License-Identifier: MIT
 * Memory for what is measured: one piece that lies together, taken from the page allocator when
 * the machine starts and never given back, so that a plan's order does not change what it gets. */
#include "bench.h"

#include "kernel.h"
#include "memory.h"

enum { ARENA_PAGES = 2048 }; /* 8 MiB: two tables of 65,536 slots with their derivations */

static uint8_t *arena;
static uint64_t arena_used;

/* Take the pages; on a machine that has no such piece there is no arena. A page that does not
 * follow on the one before begins a new piece; the pages of the old one go back. O(pages). */
void arena_init(void)
{
    uint64_t start = 0, count = 0, *unfit = NULL;

    for (uint64_t page; count < ARENA_PAGES && (page = page_alloc()) != 0; count++) {
        if (page == start + count * PAGE_SIZE)
            continue;
        for (; count; start += PAGE_SIZE, count--) {
            *(uint64_t **)direct(start) = unfit;
            unfit = direct(start);
        }
        start = page;
    }
    if (count == ARENA_PAGES)
        arena = direct(start);
    else
        while (count)
            page_free(start + --count * PAGE_SIZE);
    while (unfit) {
        const uint64_t page = (uint64_t)unfit - DIRECT;
        unfit = *(uint64_t **)unfit;
        page_free(page);
    }
}

uint64_t bench_shift(void) { return (fp_seed() * 0x9e3779b97f4a7c15u >> 58) * 64; }

/* Everything taken before is void: call this first in a benchmark's set-up. O(1). */
void arena_reset(void) { arena_used = bench_shift(); }

/* `bytes` with any content, aligned to 64; or NULL, and the entry is given up. O(1). */
void *arena_take(struct fp_run *run, uint64_t bytes)
{
    uint8_t *taken = arena + arena_used;

    bytes = (bytes + 63) & ~63ull;
    if (!arena || bytes > ARENA_PAGES * PAGE_SIZE - arena_used) {
        fp_give_up(run, FP_NO_MEMORY, "no room in the benchmarks' memory");
        return NULL;
    }
    arena_used += bytes;
    return taken;
}

/* The first `bytes` of it to read, taken or not; or NULL, and the entry is given up. O(1). */
const void *arena_bottom(struct fp_run *run, uint64_t bytes)
{
    if (arena && bytes <= ARENA_PAGES * PAGE_SIZE)
        return arena;
    fp_give_up(run, FP_NO_MEMORY, "no room in the benchmarks' memory");
    return NULL;
}
