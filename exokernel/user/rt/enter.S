/* SPDX-License-Identifier: MIT
 * Into the scheduler and out of it. An upcall in a job saves its registers, and enters the
 * scheduler. One in the scheduler only notes itself. One while a job's registers are being loaded
 * drops these, since they are still saved, and enters the scheduler anew: so no event is lost. */
#include "layout.h"

    .macro registers operation
    \operation %rcx, 1*8
    \operation %rdx, 2*8
    \operation %rbx, 3*8
    \operation %rbp, 5*8
    \operation %rsi, 6*8
    \operation %rdi, 7*8
    \operation %r8, 8*8
    \operation %r9, 9*8
    \operation %r10, 10*8
    \operation %r11, 11*8
    \operation %r12, 12*8
    \operation %r13, 13*8
    \operation %r14, 14*8
    \operation %r15, 15*8
    .endm

    .macro store register, at
    mov \register, \at(%rax)
    .endm

    .macro load register, at
    mov \at(%rax), \register
    .endm

    .text
/* rsp -> cause | value | detail | rip | cs | rflags | rsp | ss */
    .global rt_upcall
rt_upcall:
    push %rax                       /* 0 rax, 8 cause, 32 rip, 48 rflags, 56 rsp */
    cmpq $0, RT_STATE + RT_INSIDE
    jne note
    mov 32(%rsp), %rax
    sub $rt_resume, %rax
    cmp $(resume_end - rt_resume), %rax
    jb enter                        /* the registers are still saved */
    mov RT_STATE + RT_CURRENT, %rax
    registers store
    pop %rcx
    mov %rcx, (%rax)
    mov 24(%rsp), %rcx
    mov %rcx, RT_RIP(%rax)
    mov 40(%rsp), %rcx
    mov %rcx, RT_FLAGS(%rax)
    mov 48(%rsp), %rcx
    mov %rcx, 4*8(%rax)
enter:
    movq $1, RT_STATE + RT_INSIDE
    mov $RT_STACK_TOP, %esp
    call rt_schedule
    ud2

note:                               /* return as upcall_entry does */
    movq $1, RT_STATE + RT_AGAIN
    push %rcx
    mov 64(%rsp), %rcx
    mov 40(%rsp), %rax
    sub $8, %rcx
    mov %rax, (%rcx)
    mov %rcx, 64(%rsp)
    pop %rcx
    pop %rax
    add $40, %rsp
    popfq
    pop %rsp
    ret

/* An upcall in here finds RT_INSIDE clear, and drops what was loaded. */
    .global rt_resume
rt_resume:
    movq $0, RT_STATE + RT_INSIDE
    cmpq $0, RT_STATE + RT_AGAIN
    jne enter
    mov RT_STATE + RT_CURRENT, %rax
    mov 4*8(%rax), %rsp
    push RT_RIP(%rax)
    push RT_FLAGS(%rax)
    registers load
    mov (%rax), %rax
    popfq
    ret
resume_end:

    .global rt_done
rt_done:
    movq $1, RT_STATE + RT_INSIDE
    mov $RT_STACK_TOP, %esp
    call rt_schedule
    ud2

/* What the caller keeps is saved, as if the interrupt had come at the return. */
    .global rt_yield
rt_yield:
    mov RT_STATE + RT_CURRENT, %rax
    mov %rbx, 3*8(%rax)
    mov %rbp, 5*8(%rax)
    mov %r12, 12*8(%rax)
    mov %r13, 13*8(%rax)
    mov %r14, 14*8(%rax)
    mov %r15, 15*8(%rax)
    mov (%rsp), %rcx
    mov %rcx, RT_RIP(%rax)
    lea 8(%rsp), %rcx
    mov %rcx, 4*8(%rax)
    movq $0x202, RT_FLAGS(%rax)
    jmp rt_done

    .global rt_begin
rt_begin:
    push %rbx
    push %rbp
    push %r12
    push %r13
    push %r14
    push %r15
    movq $1, RT_STATE + RT_INSIDE
    mov %rsp, RT_STATE + RT_MAIN
    mov $RT_STACK_TOP, %esp
    call rt_schedule
    ud2

    .global rt_finish
rt_finish:
    mov RT_STATE + RT_MAIN, %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbp
    pop %rbx
    ret

    .global rt_burn
rt_burn:
    test %rdi, %rdi
    jz 2f
1:  dec %rdi
    jnz 1b
2:  ret

    .section .note.GNU-stack, "", @progbits
