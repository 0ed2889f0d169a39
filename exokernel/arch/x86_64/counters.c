/* SPDX-License-Identifier: MIT
 * The processor's performance counters: whether this machine, or the hypervisor below, shows any. */
#include "kernel.h"
#include "x86.h"

enum { LEAF_COUNTERS = 0xa };

/* What the KERNEL record's features tell, by CPUID (Intel SDM volume 3, 20.2): version 0 is no
 * counters. Bit 63 says that somebody looked.
 *
 *   63 | 0 ... | 31 fixed counters 24 | 23 their bits 16 | 15 general counters 8 | 7 version 0 */
uint64_t counters_found(void)
{
    const struct x86_cpuid leaf = x86_cpuid(0, 0).a >= LEAF_COUNTERS
        ? x86_cpuid(LEAF_COUNTERS, 0) : (struct x86_cpuid){ 0 };
    const uint64_t version = leaf.a & 0xff, general = leaf.a >> 8 & 0xff;
    const uint64_t fixed = version > 1 ? leaf.d & 0x1f : 0, bits = leaf.d >> 5 & 0xff;

    return 1ul << 63 | (version ? fixed << 24 | bits << 16 | general << 8 | version : 0);
}
