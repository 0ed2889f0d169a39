/* SPDX-License-Identifier: MIT
 * The entries of exceptions and interrupts. Each saves a struct trap_frame (kernel/kernel.h), from
 * low to high: r15 .. rax | vector | error | rip | cs | rflags | rsp | ss. rsp0 points to the end
 * of the current environment's frame, so the registers of ring 3 are pushed straight into its
 * struct env. */
#include "crossing.h"

#define VECTORS 256                 /* 32 exceptions, then interrupts: cpu.h */

    .text
    .macro entry vector
trap_entry_\vector:
    .if !(\vector == 8 || (\vector >= 10 && \vector <= 14) || \vector == 17 || \vector == 21 \
          || \vector == 29 || \vector == 30)
    push $0                         /* the CPU pushes an error code for all other vectors */
    .endif
    push $\vector
#ifdef CLOCK_standin
    .if \vector == 6                /* rdpmc in the emulator raises this: counting/standin.c */
    jmp standin_common
    .endif
#endif
    jmp trap_common
    .endm

    .altmacro
    .set n, 0
    .rept VECTORS
    entry %n
    .set n, n + 1
    .endr

    .macro common user, kernel
    push %rax
    push %rcx
    push %rdx
    push %rbx
    push %rbp
    push %rsi
    push %rdi
    push %r8
    push %r9
    push %r10
    push %r11
    push %r12
    push %r13
    push %r14
    push %r15
    cld
    clac
    mov %rsp, %rdi
    testb $3, FRAME_CS(%rsp)
    jz 1f
    swapgs
    mov %gs:CPU_STACK, %rsp
    call \user                      /* does not return */
1:  mov %rsp, %rbx
    and $-16, %rsp
    call \kernel
    mov %rbx, %rsp
    leave_frame
    .endm

trap_common:
    common trap_user, trap_kernel
#ifdef CLOCK_standin
standin_common:
    common standin_user, standin_kernel
#endif

    .macro address vector
    .quad trap_entry_\vector
    .endm

    .section .rodata
    .global trap_entries
trap_entries:
    .set n, 0
    .rept VECTORS
    address %n
    .set n, n + 1
    .endr

    .section .note.GNU-stack, "", @progbits
