/* SPDX-License-Identifier: MIT
 * What kind of program runs: its mix of instructions, working set, reuse distances, strides,
 * branches, and basic-block vectors. Exact; the predictors of branches are models.
 *
 *   ring 3, from 0x400000 on      the program, of which all this is counted
 *   ring 3, 0x200000 to 0x3fffff  the LibOS and its server: instructions by class only
 *   upper half                    the kernel: the same
 *
 * It begins at the program's first instruction, and what LibOS and kernel do after its last one is
 * not part of it. Threads and processes of the program count as one. With `regions` instead, all
 * code counts as the program, between the marks of the operation, but not of its twin.
 *
 * Written as text, which docs/workloads.md describes. */
#ifndef FEUERPROBE_WORKLOAD_H
#define FEUERPROBE_WORKLOAD_H

#include "processor.h"

/* Characterise, and write that to this file at the end. False: it cannot be opened. */
bool workload_open(const char *path);
/* Count in regions, but not in the first `skip` of an entry. False: that is no number. */
bool workload_regions(const char *skip);
/* Say where an instruction is. The result is what workload_step takes. NULL: no memory. */
void *workload_site(uint64_t at, const uint8_t *bytes, size_t size, struct opcode o);
uint64_t workload_address(const void *site);
size_t workload_size(const void *site);
enum kind workload_kind(const void *site);
/* The instruction begins, after one that faulted or not. ready: ring 3 ran, the boot is over. */
void workload_step(unsigned int cpu, void *site, bool faulted, bool ready);
/* The instruction accesses these bytes. */
void workload_access(unsigned int cpu, uint64_t address, uint64_t size, bool store);
void workload_halt(unsigned int cpu);
void workload_entry(void);
void workload_begin(void);
void workload_end(void);
/* `totals` gives what the processors' counters are now. */
void workload_totals(void (*totals)(uint64_t sums[COUNTERS]));
void workload_write(void);

#endif
