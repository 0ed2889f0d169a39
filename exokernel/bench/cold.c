/* SPDX-License-Identifier: MIT
 * Cold caches: before a repetition, what it will touch is thrown out. On a real processor the lines
 * are flushed from all levels. The emulator's cache model does not know that instruction: it loses
 * them because twice what a second level of 2 MiB holds is read; the TLB's entries go with that. */
#include "bench.h"

enum { BYTES = 4 << 20, LINE = 64 };

/* Make the `bytes` at `where`, and all that was used lately, cold. O(4 MiB). */
void bench_cool(struct fp_run *run, const void *where, uint64_t bytes)
{
    const uint8_t *at = where, *other = arena_bottom(run, BYTES);

    for (uint64_t i = 0; other && i < BYTES; i += LINE)
        (void)*(const volatile uint8_t *)&other[i];
    for (uint64_t i = 0; i < bytes + LINE - 1; i += LINE)
        __asm__ volatile("clflush %0" : : "m"(at[i < bytes ? i : bytes - 1]));
    __asm__ volatile("mfence" : : : "memory");
}
