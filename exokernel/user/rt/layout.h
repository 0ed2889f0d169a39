/* SPDX-License-Identifier: MIT
 * Where the scheduler's data is, for C and assembly. */
#ifndef FEUERBIRD_RT_LAYOUT_H
#define FEUERBIRD_RT_LAYOUT_H

/* Address space of a real-time environment:
 *
 *   RT_STATE    struct rt
 *   RT_STACK    the stack of scheduler and upcalls, two pages
 *   RT_STACKS   a page of stack for each task, with a page between two
 *   RT_RESULTS  struct rt_result, one for each job of the plan */
#define RT_STATE 0x13000000
#define RT_STACK 0x13100000
#define RT_STACK_SIZE 0x2000
#define RT_STACK_TOP (RT_STACK + RT_STACK_SIZE - 64)
#define RT_STACKS 0x13200000
#define RT_RESULTS 0x14000000

/* struct rt begins so */
#define RT_INSIDE 0   /* the scheduler runs: an upcall only notes itself */
#define RT_AGAIN 8    /* an upcall noted itself */
#define RT_CURRENT 16 /* the registers of the job that runs */
#define RT_MAIN 24    /* the stack pointer of who started the scheduler */

/* struct rt_registers, in words: the number of each register as the processor encodes it */
#define RT_RIP (16 * 8)
#define RT_FLAGS (17 * 8)

#endif
