/* SPDX-License-Identifier: MIT
 * Facts about the processor and its counter: known latencies, the hypervisor, and noise. */
#include "native.h"

#include "feuerprobe.h"

#pragma GCC visibility push(default)
#include <cpuid.h>
#include <string.h>
#include <unistd.h>
#pragma GCC visibility pop

static int counter = -1;

void native_count(int fd) { counter = fd; }

#ifdef FP_CLOCK_READ
/* 0 if nothing can be read. All differences are 0 then; the caller has checked before. */
uint64_t FP_CLOCK_READ(void)
{
    uint64_t value = 0;

    return read(counter, &value, sizeof value) == sizeof value ? value : 0;
}
#endif

int native_pin(int cpu)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    return sched_setaffinity(0, sizeof set, &set) ? errno : 0;
}

void native_differences(uint64_t *ticks, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++) {
        const uint64_t from = fp_clock();
        for (volatile uint64_t spin = i % 97; spin; spin--)
            ;
        ticks[i] = fp_clock() - from;
    }
}

void native_empty(uint64_t *ticks, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++) {
        const uint64_t from = fp_clock();
        ticks[i] = fp_clock() - from;
    }
}

void native_hypervisor(char signature[13])
{
    uint32_t a, b, c, d;

    memset(signature, 0, 13);
    __cpuid(1, a, b, c, d);
    if (!(c & 1u << 31)) /* set only under a hypervisor */
        return;
    __cpuid(0x40000000, a, b, c, d);
    memcpy(signature, &b, 4);
    memcpy(signature + 4, &c, 4);
    memcpy(signature + 8, &d, 4);
}

/* 100 rounds hide the counter's step. The loop's own two instructions run in parallel. */
#define CHAIN(step)                                                                                \
    __asm__ volatile("mov $100, %%ecx; 1: .rept 1000; " step "; .endr; "                           \
                     "dec %%ecx; jnz 1b"                                                           \
                     : "+a"(x)                                                                     \
                     : "d"(1ul)                                                                    \
                     : "rcx", "cc", "memory")

uint64_t native_chain(int kind, uint64_t n)
{
    uint64_t best = ~0ull, self = (uint64_t)&self; /* points to itself: each load hits */

    for (uint64_t i = 0; i < n; i++) {
        uint64_t x = kind == 2 ? (uint64_t)&self : 1;
        const uint64_t from = fp_clock();
        if (kind == 0)
            CHAIN("add %%rdx, %%rax");
        else if (kind == 1)
            CHAIN("imul %%rdx, %%rax");
        else
            CHAIN("mov (%%rax), %%rax");
        const uint64_t took = fp_clock() - from;
        best = took < best ? took : best;
    }
    return best;
}

uint64_t native_noise(uint64_t ticks, uint64_t gaps[64], uint64_t *longest)
{
    const uint64_t begun = fp_clock();
    uint64_t last = begun, reads = 0;

    *longest = 0;
    for (int i = 0; i < 64; i++)
        gaps[i] = 0;
    while (last - begun < ticks) {
        const uint64_t now = fp_clock(), gap = now - last;
        gaps[gap ? 63 - __builtin_clzll(gap) : 0]++;
        *longest = gap > *longest ? gap : *longest;
        last = now;
        reads++;
    }
    return reads;
}

static uint64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC_RAW, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint64_t native_ticks(uint64_t nanoseconds)
{
    const uint64_t begun = now_ns(), from = fp_clock();

    while (now_ns() - begun < nanoseconds)
        ;
    const uint64_t ticks = fp_clock() - from, took = now_ns() - begun;
    return (uint64_t)((unsigned __int128)ticks * nanoseconds / took);
}

void native_moment(uint64_t moment[2])
{
    uint64_t tightest = ~0ull;

    for (int i = 0; i < 16; i++) {
        const uint64_t before = fp_clock(), now = now_ns(), apart = fp_clock() - before;
        if (apart < tightest)
            tightest = apart, moment[0] = before + apart / 2, moment[1] = now;
    }
}

uint64_t native_against_monotonic(uint64_t *ticks)
{
    const uint64_t begun = now_ns(), from = fp_clock();

    while (fp_clock() - from < *ticks)
        ;
    const uint64_t passed = now_ns() - begun;
    *ticks = fp_clock() - from;
    return passed;
}
