/* SPDX-License-Identifier: MIT
 * Where a region's instructions are: how often each was executed, by call path.
 *
 *   BEGIN   lfence  rdtsc .......... the operation ........... lfence  rdtsc ...   END
 *                   |<- counted: what the guest's clock counts ->|
 *
 * A region that does not begin by reading the clock, because it begins at a deadline, counts from
 * BEGIN on, and says so. The regions of an entry are the operation's and its twin's, in turns; the
 * first `skip` of them are warm-up. Written as text, which docs/profile.md describes. */
#ifndef FEUERPROBE_PROFILE_H
#define FEUERPROBE_PROFILE_H

#include "insn.h"

enum { PROFILE_WEIGHTS = 7 }; /* instructions, loads, stores, and misses of L1i, L1d, L2 and TLB */

/* Make a profile, and write it to this file at the end. False: it cannot be opened. */
bool profile_open(const char *path);
/* So many first regions of an entry are warm-up, and not part of it. False: that is no number. */
bool profile_skip(const char *regions);
/* The instruction `now` begins after `last`; a delivery came between, or `last` faulted. */
void profile_step(unsigned int cpu, const struct insn *last, const struct insn *now, bool delivered,
                  bool faulted);
/* What else the instruction did. */
void profile_flow(unsigned int cpu, enum flow flow);
void profile_weigh(unsigned int cpu, unsigned int weight, uint64_t by);
void profile_entry(void);
void profile_begin(unsigned int cpu);
void profile_end(unsigned int cpu);
void profile_write(void);

#endif
