/* SPDX-License-Identifier: MIT
 * The host library: the portable core with its benchmarks, timed by this machine's own counter.
 * The validator calls these functions; each is for one thread at a time. */
#ifndef FEUERPROBE_NATIVE_H
#define FEUERPROBE_NATIVE_H

#include <stdint.h>

#pragma GCC visibility push(default)

/* native/run.c: carry out a plan. `output` replaces the guest's region. FP_COMPLETE, or the state
 * in the header page. */
uint32_t native_run(const void *plan, uint64_t size, void *output);

/* native/host.c: only in the library that counts (make counting). Where the benchmarks read the
 * clock, read eight bytes of this file descriptor. */
void native_count(int fd);
/* Bind this thread to one processor. 0, or an errno. */
int native_pin(int cpu);
/* `n` differences of the counter over intervals of many lengths, which show its step. */
void native_differences(uint64_t *ticks, uint64_t n);
/* Ticks of `n` empty timed pairs. */
void native_empty(uint64_t *ticks, uint64_t n);
/* The signature of the hypervisor (CPUID leaf 0x40000000), ended by a zero; empty: there is
 * none. */
void native_hypervisor(char signature[13]);
/* Smallest of `n` timings of 100 times 1,000 dependent steps; kind 0 additions, 1 multiplications,
 * 2 loads that hit the first-level cache. */
uint64_t native_chain(int kind, uint64_t n);
/* native/misses.c: the fewest ticks of NATIVE_WINDOW loads in a row; all ones: no memory. Each of
 * `rounds` passes loads from `lines` lines, `apart` bytes apart, in random order. Before each pass
 * `between` other bytes are written, which evicts the lines from a cache that holds fewer. `lines`
 * is a multiple of NATIVE_WINDOW, `apart` of 64. */
enum {
    NATIVE_WINDOW = 256,
    NATIVE_FLUSHED = 1,  /* from no cache: each pass flushes them first */
    NATIVE_TOGETHER = 2, /* independent loads, which overlap; else each loads the next address */
};
uint64_t native_misses(uint64_t lines, uint64_t apart, int how, uint64_t between, uint64_t rounds);
/* native/ipi.c: median ticks, of `n`, from an interrupt to another processor of this process to its
 * answer; 0 if there is no other processor, or Linux has no membarrier. */
uint64_t native_ipi(uint64_t n);
/* Read the clock without pause for `ticks`; gaps[i] counts gaps of 2^i to 2^(i+1)-1 ticks, *longest
 * is the largest. Returns the number of reads. */
uint64_t native_noise(uint64_t ticks, uint64_t gaps[64], uint64_t *longest);
/* The counter and CLOCK_MONOTONIC_RAW (nanoseconds) at the same time: the closest of some pairs. */
void native_moment(uint64_t moment[2]);
/* About how many ticks of the counter `nanoseconds` of that clock are. */
uint64_t native_ticks(uint64_t nanoseconds);

/* The probe's other clock: nanoseconds of CLOCK_MONOTONIC_RAW while at least *ticks pass. */
uint64_t native_against_monotonic(uint64_t *ticks);

#pragma GCC visibility pop

#endif
