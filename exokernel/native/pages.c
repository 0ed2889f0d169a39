/* SPDX-License-Identifier: MIT
 * The page allocator for benchmarks on the host: a pool in this library. Physical addresses are
 * such that the direct map of memory.h turns them into addresses of the pool. */
#include "native.h"

#include "kernel.h"
#include "memory.h"

enum { POOL_PAGES = 16384 };

static uint8_t pool[POOL_PAGES][PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));
static uint64_t untouched, returned[POOL_PAGES], returned_count, most;

uint64_t page_alloc(void)
{
    if (!returned_count && untouched == POOL_PAGES)
        return 0;
    if (pages_used() == most)
        most++;
    return returned_count ? returned[--returned_count] : (uint64_t)pool[untouched++] - DIRECT;
}

void page_free(uint64_t page) { returned[returned_count++] = page; }

uint64_t pages_free(void) { return POOL_PAGES - untouched + returned_count; }
uint64_t pages_used(void) { return untouched - returned_count; }

uint64_t pages_most_used(void)
{
    const uint64_t before = most;

    most = pages_used();
    return before;
}
