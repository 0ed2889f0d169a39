/* SPDX-License-Identifier: MIT
 * Where the assembler finds things; kernel/env.c holds these against the structs. */
#ifndef FEUERBIRD_OFFSETS_H
#define FEUERBIRD_OFFSETS_H

#define CPU_CURRENT     8
#define CPU_STACK       16
#define CPU_SCRATCH     24
#define CPU_CALL        32

#define FRAME_R15       0
#define FRAME_R14       8
#define FRAME_R13       16
#define FRAME_R12       24
#define FRAME_R11       32
#define FRAME_R10       40
#define FRAME_R9        48
#define FRAME_R8        56
#define FRAME_RDI       64
#define FRAME_RSI       72
#define FRAME_RBP       80
#define FRAME_RBX       88
#define FRAME_RDX       96
#define FRAME_RCX       104
#define FRAME_RAX       112
#define FRAME_RIP       136
#define FRAME_CS        144
#define FRAME_RFLAGS    152
#define FRAME_RSP       160
#define FRAME_END       176
#define ENV_BY_SYSCALL  176

#endif
