/* SPDX-License-Identifier: MIT
 * The host library: the portable core with its benchmarks, timed by this machine's own counter.
 * The validator calls these functions; each is for one thread at a time. */
#ifndef FEUERPROBE_NATIVE_H
#define FEUERPROBE_NATIVE_H

#include <stdint.h>

#pragma GCC visibility push(default)

/* native/run.c: carry out a plan; `output` takes the place of the guest's region. FP_COMPLETE, or
 * the state that the header page holds then. */
uint32_t native_run(const void *plan, uint64_t size, void *output);

/* native/host.c: read this file descriptor, eight bytes, wherever the benchmarks read the clock; for
 * the library that is built to count (make counting). */
void native_count(int fd);
/* Bind this thread to one processor. 0, or an errno. */
int native_pin(int cpu);
/* `n` differences of the counter over intervals of many lengths: they show its step. */
void native_differences(uint64_t *ticks, uint64_t n);
/* Ticks of `n` empty timed pairs. */
void native_empty(uint64_t *ticks, uint64_t n);
/* How the hypervisor signs (CPUID leaf 0x40000000), ended by a zero; empty where there is none. */
void native_hypervisor(char signature[13]);
/* Smallest of `n` timings of 100 times 1,000 dependent steps; kind 0 additions, 1 multiplications,
 * 2 loads that hit the first-level cache. */
uint64_t native_chain(int kind, uint64_t n);
/* native/misses.c: smallest ticks of NATIVE_WINDOW loads in a row, of `rounds` passes that load from
 * each of `lines` lines, `apart` bytes apart, in random order; all ones where there is no memory.
 * Before each pass `between` other bytes are written, which drives the lines out of a cache that
 * holds fewer. `lines` is a multiple of NATIVE_WINDOW, `apart` of 64. */
enum {
    NATIVE_WINDOW = 256,
    NATIVE_FLUSHED = 1, /* from no cache: each pass flushes them first */
    NATIVE_TOGETHER =
        2, /* independent loads, which overlap; else each address comes from the last */
};
uint64_t native_misses(uint64_t lines, uint64_t apart, int how, uint64_t between, uint64_t rounds);
/* native/ipi.c: ticks, a median of `n`, that an interrupt to another processor of this process and its
 * answer take; 0 where there is no other one, or Linux has no membarrier. */
uint64_t native_ipi(uint64_t n);
/* Read the clock without pause for `ticks`; gaps[i] counts gaps of 2^i to 2^(i+1)-1 ticks, *longest
 * is the largest. Returns the number of reads. */
uint64_t native_noise(uint64_t ticks, uint64_t gaps[64], uint64_t *longest);
/* The counter and CLOCK_MONOTONIC_RAW in nanoseconds at one moment: the closest of some readings. */
void native_moment(uint64_t moment[2]);
/* Ticks of the counter in `nanoseconds` of that clock, about. */
uint64_t native_ticks(uint64_t nanoseconds);

/* The probe's other clock: nanoseconds of CLOCK_MONOTONIC_RAW while *ticks and more pass. */
uint64_t native_against_monotonic(uint64_t *ticks);

#pragma GCC visibility pop

#endif
