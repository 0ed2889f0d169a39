/* SPDX-License-Identifier: MIT
 * The cost of a load that misses: it loads lines in random order, which no prefetcher predicts. */
#include "native.h"

#include "feuerprobe.h"

#pragma GCC visibility push(default)
#include <stdlib.h>
#include <sys/mman.h>
#pragma GCC visibility pop

enum { LINE = 64, HUGE_PAGE = 2 << 20 };

/* Put the addresses of the lines in random order, and into each line the address of the next. */
static void link_lines(char *memory, void **order, uint64_t lines, uint64_t apart)
{
    uint64_t random = 88172645463325252u;

    for (uint64_t i = 0; i < lines; i++) /* offsets differ, so all sets are used */
        order[i] = memory + i * apart + i * 7 * LINE % apart;
    for (uint64_t i = lines - 1; i; i--) {
        random ^= random << 13, random ^= random >> 7, random ^= random << 17;
        void **other = &order[random % (i + 1)], *swapped = *other;
        *other = order[i];
        order[i] = swapped;
    }
    for (uint64_t i = 0; i < lines; i++)
        *(void **)order[i] = order[i + 1 < lines ? i + 1 : 0];
}

/* The fewest ticks of a window in a pass: some window runs undisturbed, even if no pass does. */
static uint64_t pass(void **order, uint64_t lines, bool together)
{
    uint64_t best = ~0ull;
    void *at = order[0];

    for (uint64_t first = 0; first + NATIVE_WINDOW <= lines; first += NATIVE_WINDOW) {
        uint64_t sum = 0;
        const uint64_t from = fp_clock();
        for (uint64_t i = 0; i < NATIVE_WINDOW; i++)
            if (together)
                sum += *(uint64_t *)order[first + i];
            else
                at = *(void **)at;
        __asm__ volatile("" : : "r"(sum), "r"(at)); /* keep the loads */
        const uint64_t took = fp_clock() - from;
        best = took < best ? took : best;
    }
    return best;
}

uint64_t native_misses(uint64_t lines, uint64_t apart, int how, uint64_t between, uint64_t rounds)
{
    const uint64_t size = ((lines * apart + between) / HUGE_PAGE + 2) * HUGE_PAGE;
    char *const mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                              0);
    void **const order = malloc(lines * sizeof *order);
    uint64_t best = ~0ull;

    if (mapped != MAP_FAILED && order) {
        char *const memory = (char *)(((uint64_t)mapped + HUGE_PAGE - 1) & -(uint64_t)HUGE_PAGE);
        madvise(memory, size - HUGE_PAGE, MADV_HUGEPAGE); /* huge pages, so that only caches miss */
        link_lines(memory, order, lines, apart);
        for (uint64_t i = 0; i < rounds; i++) {
            for (uint64_t j = 0; j < between; j += LINE)
                ((volatile char *)memory)[lines * apart + j]++;
            for (uint64_t j = 0; how & NATIVE_FLUSHED && j < lines; j++)
                __asm__ volatile("clflush %0" : "+m"(*(char *)order[j]));
            __asm__ volatile("mfence" ::: "memory");
            const uint64_t took = pass(order, lines, how & NATIVE_TOGETHER);
            best = took < best ? took : best;
        }
    }
    free(order);
    if (mapped != MAP_FAILED)
        munmap(mapped, size);
    return best;
}
