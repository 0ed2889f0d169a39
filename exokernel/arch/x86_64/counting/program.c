/* SPDX-License-Identifier: MIT
 * Programs one counter of this processor, general counter 0: it can count any event, and rdpmc
 * gives it the same number on Intel and AMD (FP_COUNTER). For the kernels that count
 * (CLOCK=counter, CLOCK=standin). Only the boot processor counts, since counters of two have no
 * common zero. */
#include "counters.h"
#include "kernel.h"

#include "feuerprobe.h"

enum { SELECT_USER = 1 << 16, SELECT_KERNEL = 1 << 17, SELECT_ON = 1 << 22 };

/* The registers, and the code of each event: event | unit mask << 8. Intel SDM volume 3, 20.2.1;
 * AMD PPR of families 17h and 19h, where 0x64 with 0x09 counts L2 misses of requests from L1. */
static const struct {
    uint32_t select, counter, global;
    uint16_t event[COUNTER_EVENTS];
} registers[] = {
    [COUNTERS_INTEL] = { 0x186,
                         0xc1,
                         0x38f,
                         { [COUNT_INSTRUCTIONS] = 0x00c0,
                           [COUNT_CYCLES] = 0x003c,
                           [COUNT_CACHE_MISSES] = 0x412e,
                           [COUNT_BRANCH_MISSES] = 0x00c5 } },
    [COUNTERS_AMD] = { 0xc0010200,
                       0xc0010201,
                       0xc0000301,
                       { [COUNT_INSTRUCTIONS] = 0x00c0,
                         [COUNT_CYCLES] = 0x0076,
                         [COUNT_CACHE_MISSES] = 0x0964,
                         [COUNT_BRANCH_MISSES] = 0x00c3 } },
};

/* Count this metric from 0 on, in rings 0 and 3. Returns the counter's bits as a mask; 0: it cannot
 * be counted. The counter is stopped first, so that it keeps nothing of an earlier event. From
 * version 2 on, another register enables all counters. */
uint64_t counters_select(uint32_t metric)
{
    const struct counters c = counters_find();
    const uint32_t event = metric - FP_INSTRUCTIONS;

    if (event >= COUNTER_EVENTS || !(c.events >> event & 1))
        return 0;
    counter_write(registers[c.kind].select, 0);
    counter_write(registers[c.kind].counter, 0);
    counter_write(registers[c.kind].select,
                  registers[c.kind].event[event] | SELECT_USER | SELECT_KERNEL | SELECT_ON);
    if (c.version >= 2)
        counter_write(registers[c.kind].global, 1);
    return c.bits < 64 ? (1ul << c.bits) - 1 : ~0ul;
}
