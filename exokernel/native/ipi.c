/* SPDX-License-Identifier: MIT
 * The cost of an interrupt to another processor. Linux's membarrier sends one to each processor
 * that runs a thread of this process, and waits for all answers. */
#include "native.h"

#include "feuerprobe.h"

#pragma GCC visibility push(default)
#include <linux/membarrier.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#pragma GCC visibility pop

struct neighbour {
    int cpu;
    volatile int runs, leave;
    volatile uint64_t beats;
};

static void *run(void *data)
{
    struct neighbour *self = data;
    const int bound = native_pin(self->cpu);

    self->runs = bound ? -1 : 1;
    while (!self->leave) {
        self->beats++;
        __builtin_ia32_pause();
    }
    return NULL;
}

static int ascending(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Median ticks of a barrier while `other` runs, if given: a busy system may have taken its CPU.
 * All ones where Linux refuses the barrier, or `other` ran in less than a quarter of them. */
static uint64_t barrier(uint64_t *ticks, uint64_t n, const struct neighbour *other)
{
    uint64_t kept = 0;

    for (uint64_t i = 0; i < n; i++) {
        const uint64_t beats = other ? other->beats : 0, from = fp_clock();
        if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0))
            return ~0ull;
        ticks[kept] = fp_clock() - from;
        kept += !other || other->beats != beats;
    }
    qsort(ticks, kept, sizeof *ticks, ascending);
    return kept > n / 4 ? ticks[kept / 2] : ~0ull;
}

/* Another processor that this process may use; -1: there is none. */
static int another(void)
{
    cpu_set_t allowed;
    const int here = sched_getcpu();

    if (!sched_getaffinity(getpid(), sizeof allowed, &allowed))
        for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
            if (CPU_ISSET(cpu, &allowed) && cpu != here)
                return cpu;
    return -1;
}

uint64_t native_ipi(uint64_t n)
{
    struct neighbour other = { .cpu = another() };
    uint64_t *const ticks = malloc(n * sizeof *ticks), alone = ~0ull, both = ~0ull;
    pthread_t thread;

    if (ticks && n && other.cpu >= 0
        && !syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0)) {
        alone = barrier(ticks, n, NULL);
        if (!pthread_create(&thread, NULL, run, &other)) {
            while (!other.runs)
                __builtin_ia32_pause();
            both = other.runs > 0 ? barrier(ticks, n, &other) : both;
            other.leave = 1;
            pthread_join(thread, NULL);
        }
    }
    free(ticks);
    return alone < both && both != ~0ull ? both - alone : 0;
}
