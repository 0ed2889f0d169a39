/* SPDX-License-Identifier: MIT
 * The steps of a crossing, for the assembler. They save and restore what a function call preserves,
 * and the registers of a result. */
#ifndef FEUERBIRD_CROSSING_H
#define FEUERBIRD_CROSSING_H

#include "offsets.h"

#include <feuerbird/syscalls.h>
#include <feuerbird/trace.h>

/* clang-format off */
#define NUMBER(number, name, class, arguments, text) .set SYS_##name, number;
FB_SYSCALLS(NUMBER)

/* Note the call, for the report of a panic or hang. Then rax is the caller, and rcx is free. */
    .macro enter number
    mov %gs:CPU_CALL, %rax
    movl $\number, (%rax)
    mov %gs:CPU_CURRENT, %rax
    mov %rcx, FRAME_RIP(%rax)
    .endm

/* Save the rest of the caller (rax) that is kept. */
    .macro save
    mov %r11, FRAME_RFLAGS(%rax)
    mov %rsp, FRAME_RSP(%rax)
    mov %rbx, FRAME_RBX(%rax)
    mov %rbp, FRAME_RBP(%rax)
    mov %r12, FRAME_R12(%rax)
    mov %r13, FRAME_R13(%rax)
    mov %r14, FRAME_R14(%rax)
    mov %r15, FRAME_R15(%rax)
    .endm

    .macro restore env
    mov FRAME_RIP(\env), %rcx
    mov FRAME_RFLAGS(\env), %r11
    mov FRAME_RSP(\env), %rsp
    mov FRAME_RBX(\env), %rbx
    mov FRAME_RBP(\env), %rbp
    mov FRAME_R12(\env), %r12
    mov FRAME_R13(\env), %r13
    mov FRAME_R14(\env), %r14
    mov FRAME_R15(\env), %r15
    .endm

/* Return from a trap with the frame that rsp points to. */
    .macro leave_frame
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %r11
    pop %r10
    pop %r9
    pop %r8
    pop %rdi
    pop %rsi
    pop %rbp
    pop %rbx
    pop %rdx
    pop %rcx
    pop %rax
    add $16, %rsp                   /* vector, error */
    iretq
    .endm

    .macro results env              /* rdi */
    mov FRAME_RAX(\env), %rax
    mov FRAME_RDX(\env), %rdx
    mov FRAME_RSI(\env), %rsi
    mov FRAME_R10(\env), %r10
    mov FRAME_R8(\env), %r8
    mov FRAME_R9(\env), %r9
    mov FRAME_RDI(\env), %rdi
    .endm

/* Make the segment selectors null, which `zero` is: the previous environment may have left its own.
 * After swapgs, since loading a null gs may clear its base. */
    .macro forget zero:vararg
    mov \zero, %ds
    mov \zero, %es
    mov \zero, %fs
    mov \zero, %gs
    .endm

/* Go to a C function that does not return, with the arguments of the system call. */
    .macro to_c function
    mov %gs:CPU_STACK, %rsp
    mov %r10, %rcx                  /* the fourth argument, where C expects it */
    jmp \function
    .endm

/* Note an event in this CPU's ring, as kernel/trace/trace.c does: at most 30 instructions, and none
 * without TRACE=on. All registers survive, but not the flags. */
#ifdef TRACE_on
#define EVENT_NUMBER(number, name, a, b, when) .set EVENT_##name, number;
FB_EVENTS(EVENT_NUMBER)

    .macro trace_open
    mov %rax, %gs:CPU_TRACE + 24
    mov %rdx, %gs:CPU_TRACE + 32
    mov %rcx, %gs:CPU_TRACE + 40
    mov %gs:CPU_TRACE, %rcx
    mov (%rcx), %rcx
    and %gs:CPU_TRACE + 8, %rcx
    add %gs:CPU_TRACE + 16, %rcx
    .endm

    .macro trace_close kind
    movl $EVENT_\kind, EVENT_KIND(%rcx)
    rdtsc
    shl $32, %rdx
    or %rdx, %rax
    mov %rax, EVENT_TIME(%rcx)
    mov %gs:CPU_TRACE, %rcx
    addq $EVENT_SIZE, (%rcx)
    mov %gs:CPU_TRACE + 24, %rax
    mov %gs:CPU_TRACE + 32, %rdx
    mov %gs:CPU_TRACE + 40, %rcx
    .endm

/* The event is the current environment's. */
    .macro trace_close_current kind
    mov %gs:CPU_CURRENT, %rax
    mov ENV_NUMBER(%rax), %eax
    mov %eax, EVENT_ENVIRONMENT(%rcx)
    trace_close \kind
    .endm

/* The current environment, with values that are neither in rcx nor in memory. */
    .macro trace kind, a, b
    trace_open
    mov \a, EVENT_A(%rcx)
    movq \b, EVENT_B(%rcx)
    trace_close_current \kind
    .endm

/* The environment in rdi goes on with the results in its frame, or where its frame says. */
    .macro trace_back kind, word
    trace_open
    mov \word(%rdi), %rax
    mov %rax, EVENT_A(%rcx)
    movq $0, EVENT_B(%rcx)
    mov ENV_NUMBER(%rdi), %eax
    mov %eax, EVENT_ENVIRONMENT(%rcx)
    trace_close \kind
    .endm

/* The current environment sends rdx bytes to that in rdi. */
    .macro trace_send
    trace_open
    mov ENV_NUMBER(%rdi), %rax
    mov %rax, EVENT_A(%rcx)
    mov %rdx, EVENT_B(%rcx)
    trace_close_current send
    .endm

/* The environment in rdi gets them. */
    .macro trace_reach
    trace_open
    mov %gs:CPU_CURRENT, %rax
    mov ENV_NUMBER(%rax), %rax
    mov %rax, EVENT_A(%rcx)
    mov %rdx, EVENT_B(%rcx)
    mov ENV_NUMBER(%rdi), %eax
    mov %eax, EVENT_ENVIRONMENT(%rcx)
    trace_close receive
    .endm

/* The current environment gives its CPU to that in rdi. */
    .macro trace_turn
    trace_open
    mov ENV_NUMBER(%rdi), %rax
    mov %rax, EVENT_A(%rcx)
    mov %gs:CPU_CURRENT, %rax
    movzbl ENV_STATE(%rax), %edx
    mov %rdx, EVENT_B(%rcx)
    mov ENV_NUMBER(%rax), %eax
    mov %eax, EVENT_ENVIRONMENT(%rcx)
    trace_close switch
    .endm
#else
    .macro trace kind, a, b
    .endm
    .macro trace_back kind, word
    .endm
    .macro trace_send
    .endm
    .macro trace_reach
    .endm
    .macro trace_turn
    .endm
#endif
/* clang-format on */

#endif
