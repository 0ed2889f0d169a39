/* SPDX-License-Identifier: MIT
 * The processor's performance counters: which there are, and how to program one. Three functions
 * access the registers, so that a model can replace them (counting/model.h). */
#ifndef FEUERBIRD_COUNTERS_H
#define FEUERBIRD_COUNTERS_H

#include "x86.h"

/* Events in the order of the metrics from FP_INSTRUCTIONS on. */
enum counter_kind { COUNTERS_INTEL, COUNTERS_AMD };
enum counter_event {
    COUNT_INSTRUCTIONS,
    COUNT_CYCLES,
    COUNT_CACHE_MISSES,
    COUNT_BRANCH_MISSES,
    COUNTER_EVENTS
};

/* version 0: none; AMD: 1 core extensions, 2 with a register for all. events: a bit for each. */
struct counters {
    uint8_t kind, version, general, fixed, bits, events;
};

/* counters.c */
struct counters counters_find(void);

#ifdef CLOCK_standin
/* counting/standin.c, or a test */
struct x86_cpuid counter_cpuid(uint32_t leaf);
void counter_write(uint32_t msr, uint64_t value);
#else
static inline struct x86_cpuid counter_cpuid(uint32_t leaf) { return x86_cpuid(leaf, 0); }
static inline void counter_write(uint32_t msr, uint64_t value) { x86_write_msr(msr, value); }
#endif

#endif
