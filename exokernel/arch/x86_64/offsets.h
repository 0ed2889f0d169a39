/* SPDX-License-Identifier: MIT
 * Offsets of struct fields, for the assembler. kernel/env.c asserts that they are right. */
#ifndef FEUERBIRD_OFFSETS_H
#define FEUERBIRD_OFFSETS_H

/* clang-format off */
#define CPU_CURRENT     8
#define CPU_STACK       16
#define CPU_SCRATCH     24
#define CPU_CALL        32
#define CPU_RECEIVER    40
#define CPU_RUNNER      48
#define CPU_CALLS       56
#define CPU_OUTSIDE     64
#define CPU_RING        72
#define CPU_ATTEND      88
#define CPU_FRESH       90
#define CPU_RSP0        104
#define CPU_TRACE       240 /* six words, in kernels with TRACE=on */

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

/* Two words of eight bytes, each compared at once. They overlap in pending and foreign. */
#define ENV_MAIL_WORD   176
#define ENV_MAIL        176
#define ENV_HEAD        178
#define ENV_BLOCKED     180
#define ENV_STATE_WORD  182
#define ENV_STATE       184
#define ENV_QUEUED      185
#define ENV_BY_SYSCALL  186
#define ENV_ZEROS       190 /* two bytes */
#define ENV_CR3         192
#define ENV_NUMBER      200
#define ENV_NEXT        208
#define ENV_PREV        216
#define ENV_BUFFER      224
#define ENV_ROOM        232
#define ENV_SLOTS       240
#define ENV_CAPACITY    248
#define ENV_WAITING     264

#define FOREIGN_BACK    0
#define FOREIGN_ENTRY   8

#define SLOT_TYPE       8
#define SLOT_RESOURCE   12
#define SLOT_RIGHTS     16
#define SLOT_SHIFT      5

#define MESSAGE_LENGTH  0
#define MESSAGE_SENDER  8
#define MESSAGE_WORD    16

#define EVENT_TIME      0
#define EVENT_ENVIRONMENT 8
#define EVENT_KIND      12
#define EVENT_A         16
#define EVENT_B         24
#define EVENT_SIZE      32

/* Constants of the C headers that the assembler cannot read. */
#define STATE_READY     2
#define STATE_RECEIVING 3
#define TYPE_PROCESS    7
#define RIGHT_W         2
#define USER_END        0x00007fffffff0000
#define REGISTER_BYTES  32
/* clang-format on */
#define MEMORY_BIT 32
#define OWN_BIT 16
#define MAILBOX_SLOTS 64
#define ERROR_STALE -2
#define ERROR_INVALID -1
#define ERROR_DENIED -3

#endif
