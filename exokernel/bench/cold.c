/* SPDX-License-Identifier: MIT
 * Cold caches: evicts what a repetition will touch. On a real processor it flushes the lines from
 * all levels. The emulator's cache model does not know that instruction, so it also reads twice the
 * size of an L2 cache of 2 MiB, which evicts the lines and the TLB's entries. */
#include "bench.h"

enum { BYTES = 4 << 20, LINE = 64 };

/* Evict the `bytes` at `where` and all that was used lately. O(4 MiB). */
void bench_cool(struct fp_run *run, const void *where, uint64_t bytes)
{
    const uint8_t *at = where, *other = arena_bottom(run, BYTES);

    for (uint64_t i = 0; other && i < BYTES; i += LINE)
        (void)*(const volatile uint8_t *)&other[i];
    for (uint64_t i = 0; i < bytes + LINE - 1; i += LINE)
        __asm__ volatile("clflush %0" : : "m"(at[i < bytes ? i : bytes - 1]));
    __asm__ volatile("mfence" : : : "memory");
}
