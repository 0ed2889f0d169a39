/* SPDX-License-Identifier: MIT
 * The LibOS in the address space of its process, for C and the assembler. All is below 2 GiB, so
 * that code without a free register reaches it.
 *
 *   0x200000     text and constants, shared by all environments
 *   LIBOS_AREA   its data, this process's alone
 *   elsewhere    the program's */
#ifndef LIBOS_LAYOUT_H
#define LIBOS_LAYOUT_H

#define LIBOS_AREA 0x70000000
#define LIBOS_OUTSIDE 0x70000000 /* the kernel's page: where a call came from */
#define LIBOS_DATA 0x70001000    /* struct process */
#define LIBOS_UPCALL 0x70010000
#define LIBOS_UPCALL_SIZE 0x4000
#define LIBOS_STACK 0x70020000
#define LIBOS_STACK_TOP 0x70030000
#define LIBOS_TRACE 0x70038000   /* struct trace_cell[] */
#define LIBOS_BUFFER 0x70040000  /* a message */
#define LIBOS_BUFFER2 0x70042000 /* one while a fault is served */
#define LIBOS_COPY 0x70044000    /* a page that is about to be filled */
#define LIBOS_AREAS 0x70048000   /* struct area[] */
#define LIBOS_FILES 0x70060000   /* struct file[] */
#define LIBOS_ARGUMENTS 0x70100000
#define LIBOS_PAGES 0x71000000 /* struct page[], two tables of this size: */
#define LIBOS_PAGES_SIZE 0x1000000
#define LIBOS_PIPES 0x73000000   /* their pages, by number of the file */
#define LIBOS_THREADS 0x70200000 /* struct thread[] */
#define LIBOS_EPOLLS 0x70280000  /* struct epoll[] */
#define LIBOS_STACKS 0x77000000  /* of threads */
#define LIBOS_STACKS_STEP 0x10000
#define LIBOS_END 0x78000000

/* Offsets in struct process. */
#define P_RSP (LIBOS_DATA + 0)
#define P_PENDING (LIBOS_DATA + 8)
#define P_PID (LIBOS_DATA + 16)
#define P_PARENT (LIBOS_DATA + 24)
#define P_NUMBER (LIBOS_DATA + 32)
#define P_BEGAN (LIBOS_DATA + 40)
#define P_FAULT_BACK (LIBOS_DATA + 48)
#define P_EVENT_BACK (LIBOS_DATA + 56)
#define P_STACK (LIBOS_DATA + 64) /* top of the stack in the LibOS */
#define P_BACK (LIBOS_DATA + 72)  /* where the call came from, if not as the kernel says */
#define P_REGS (LIBOS_DATA + 80)

/* struct regs: offsets from its start. */
#define R_R15 0
#define R_R14 8
#define R_R13 16
#define R_R12 24
#define R_RBP 32
#define R_RBX 40
#define R_R11 48
#define R_R10 56
#define R_R9 64
#define R_R8 72
#define R_RAX 80
#define R_RCX 88
#define R_RDX 96
#define R_RSI 104
#define R_RDI 112
#define R_RIP 120
#define R_FLAGS 128
#define R_RSP 136

#define LIBOS_CALLS 464 /* numbers of Linux calls that the table has */

#endif
