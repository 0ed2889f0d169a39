/* SPDX-License-Identifier: MIT
 * Memory for benchmarks: one contiguous piece, taken from the page allocator at the start and never
 * freed, so that the order of a plan does not change which memory a benchmark gets. */
#include "bench.h"

#include "kernel.h"
#include "memory.h"

enum { ARENA_PAGES = 2048 }; /* 8 MiB: two tables of 65,536 slots with their derivations */

static uint8_t *arena;
static uint64_t arena_used;

/* Take the pages. A page that does not follow the one before begins a new piece, and the old one is
 * freed. Without a piece that is large enough, there is no arena. O(pages). */
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

/* Free all that arena_take gave. A benchmark calls this first. O(1). */
void arena_reset(void) { arena_used = bench_shift(); }

/* Take `bytes` with any content, aligned to 64. NULL: no room, and the entry is given up. O(1). */
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

/* The first `bytes` of the arena, to read. NULL: it is smaller, and the entry is given up. O(1). */
const void *arena_bottom(struct fp_run *run, uint64_t bytes)
{
    if (arena && bytes <= ARENA_PAGES * PAGE_SIZE)
        return arena;
    fp_give_up(run, FP_NO_MEMORY, "no room in the benchmarks' memory");
    return NULL;
}
