/* SPDX-License-Identifier: MIT
 * Basic-block vectors: how many instructions of each basic block a program executes in each
 * interval of its life. Similar vectors are one phase (Sherwood and others, ASPLOS 2002).
 *
 * A block begins where the program goes on after a jump, a call, a return or a branch, whether it
 * was taken or not. Intervals are 10,000 instructions long at first. When they are too many,
 * neighbours are added up, so that no count is lost. */
#ifndef FEUERPROBE_PHASES_H
#define FEUERPROBE_PHASES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* The number of the block that begins at this address, from 1 on. 0: no memory. */
uint32_t phases_block(uint64_t at);
/* An instruction of the block was executed. */
void phases_step(uint32_t block);
/* Write blocks and vectors. False: memory was short, and they are wrong. */
bool phases_write(FILE *file);

#endif
