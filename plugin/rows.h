/* SPDX-License-Identifier: MIT
 * The file of counts: a head, and a row for each plan entry and region (docs/probe.md, 8). */
#ifndef FEUERPROBE_ROWS_H
#define FEUERPROBE_ROWS_H

#include "processor.h"

/* FROM_ENTRY: counts since the start. OF_REGION: since each processor's `since`. */
enum row_kind { FROM_ENTRY = 1, OF_REGION = 2 };

/* Write counts to this file. False: it cannot be opened. */
bool rows_open(const char *path);
bool rows_opened(void);
/* Write a row of the sums of all processors; processor `number` executed its mark. */
void rows_write(enum row_kind kind, unsigned int number, const struct cpu *cpus,
                unsigned int cpu_count);
/* The counters of all processors. */
void rows_sums(uint64_t sums[COUNTERS], const struct cpu *cpus, unsigned int cpu_count);
/* Say in the head that the file is complete. */
void rows_close(void);

/* Write the longest stretch with interrupts masked to this file at the end. */
bool longest_open(const char *path);
/* Write it, if it is wanted: each 128th of its instructions. */
void longest_write(const struct cpu *cpus, unsigned int cpu_count);

#endif
