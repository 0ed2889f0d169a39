/* SPDX-License-Identifier: MIT
 * Finds out which performance counters this machine or its hypervisor has, and for which events. */
#include "counters.h"

#include "kernel.h"

enum { LEAF_FAMILY = 1, LEAF_INTEL = 0xa };
#define LEAF_HIGHEST 0x80000000u
#define LEAF_AMD 0x80000001u
#define LEAF_AMD_2 0x80000022u
enum { AMD_GENERAL = 6, AMD_BITS = 48, AMD_ZEN = 0x17 };

/* Read CPUID leaf 0xA (Intel SDM volume 3, 20.2). An event exists if the list in EBX is long enough
 * and its bit is clear. */
static struct counters find_intel(void)
{
    static const uint8_t place[COUNTER_EVENTS] = { [COUNT_CYCLES] = 0,
                                                   [COUNT_INSTRUCTIONS] = 1,
                                                   [COUNT_CACHE_MISSES] = 4,
                                                   [COUNT_BRANCH_MISSES] = 6 };
    const struct x86_cpuid leaf = counter_cpuid(LEAF_INTEL);
    struct counters c = { .kind = COUNTERS_INTEL,
                          .version = leaf.a & 0xff,
                          .general = leaf.a >> 8 & 0xff,
                          .bits = leaf.a >> 16 & 0xff };

    if (!c.version)
        return (struct counters){ 0 };
    c.fixed = c.version > 1 ? leaf.d & 0x1f : 0;
    for (int i = 0; c.general && i < COUNTER_EVENTS; i++)
        if (leaf.a >> 24 > place[i] && !(leaf.b >> place[i] & 1))
            c.events |= 1u << i;
    return c;
}

/* Find AMD's core extensions (APM volume 2, 13.2): six counters, or as many as version 2 reports.
 * The event for cache misses is the same from Zen on. */
static struct counters find_amd(void)
{
    const uint32_t highest = counter_cpuid(LEAF_HIGHEST).a;
    const uint32_t signature = counter_cpuid(LEAF_FAMILY).a;
    const uint32_t family = (signature >> 8 & 0xf) + (signature >> 20 & 0xff);
    struct counters c = { .kind = COUNTERS_AMD,
                          .version = 1,
                          .general = AMD_GENERAL,
                          .bits = AMD_BITS,
                          .events = (1u << COUNTER_EVENTS) - 1 };

    if (highest < LEAF_AMD || !(counter_cpuid(LEAF_AMD).c >> 23 & 1))
        return (struct counters){ 0 };
    if (highest >= LEAF_AMD_2 && counter_cpuid(LEAF_AMD_2).a & 1) {
        c.version = 2;
        c.general = counter_cpuid(LEAF_AMD_2).b & 0xf;
    }
    if (family < AMD_ZEN)
        c.events &= (uint8_t) ~(1u << COUNT_CACHE_MISSES);
    return c;
}

/* The counters of this machine; version 0: none. */
struct counters counters_find(void)
{
    const struct counters intel = counter_cpuid(0).a >= LEAF_INTEL ? find_intel()
                                                                   : (struct counters){ 0 };

    return intel.version ? intel : find_amd();
}

/* The features of the probe's KERNEL record. Bit 63: the kernel has looked for counters.
 *
 *   63 | 0 ... | 47 events 40 | 39 kind 32 | 31 fixed counters 24 | 23 bits of one 16
 *      | 15 general counters 8 | 7 version 0 */
uint64_t counters_found(void)
{
    const struct counters c = counters_find();

    return 1ul << 63 | (uint64_t)c.events << 40 | (uint64_t)c.kind << 32 | (uint64_t)c.fixed << 24
           | (uint64_t)c.bits << 16 | (uint64_t)c.general << 8 | c.version;
}
