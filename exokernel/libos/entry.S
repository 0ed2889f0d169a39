/* SPDX-License-Identifier: MIT
 * Into the LibOS and back to its program: system calls, faults and events; and accesses to the
 * program's memory that may fault.
 *
 * The program may keep data below its stack pointer, so nothing is pushed there: the way back ends
 * with a jump through a word of the LibOS. An event may interrupt the LibOS anywhere. upcall.c
 * repairs the few places where that matters: those between the labels that end in _window. */
#include "layout.h"

    .text
    .macro save_called              /* the registers that C preserves */
    mov %rbx, P_REGS + R_RBX
    mov %rbp, P_REGS + R_RBP
    mov %r12, P_REGS + R_R12
    mov %r13, P_REGS + R_R13
    mov %r14, P_REGS + R_R14
    mov %r15, P_REGS + R_R15
    .endm

/* A system call of the program, with all its registers but rcx. */
    .global libos_entry, libos_exit, libos_exit_window
libos_entry:
    mov %rsp, P_RSP
    mov P_STACK, %rsp
    push %rdi
    push %rsi
    push %rdx
    push %r10
    push %r8
    push %r9
    mov %r10, %rcx                  /* the fourth argument, where C expects it */
    mov %rax, P_NUMBER              /* in case it is made again after a signal */
    cmp $LIBOS_CALLS, %rax
    jae 1f
    call *libos_table(, %rax, 8)
2:  pop %r9
    pop %r8
    pop %r10
    pop %rdx
    pop %rsi
    pop %rdi
libos_exit:
    cmpq $0, P_PENDING
    jne 3f
    mov P_RSP, %rsp
    jmp *LIBOS_OUTSIDE
libos_exit_window:
1:  mov $-38, %rax                  /* ENOSYS */
    jmp 2b
3:  mov %rax, P_REGS + R_RAX        /* a signal: libos_deliver sees all registers */
    mov P_BACK, %rcx
    test %rcx, %rcx
    cmovz LIBOS_OUTSIDE, %rcx
    mov %rcx, P_REGS + R_RIP
    mov %rcx, P_REGS + R_RCX
    mov %r11, P_REGS + R_R11
    mov P_RSP, %rax
    mov %rax, P_REGS + R_RSP
    movq $0x202, P_REGS + R_FLAGS
    mov %rdi, P_REGS + R_RDI
    mov %rsi, P_REGS + R_RSI
    mov %rdx, P_REGS + R_RDX
    mov %r10, P_REGS + R_R10
    mov %r8, P_REGS + R_R8
    mov %r9, P_REGS + R_R9
    save_called
    mov P_STACK, %rsp
    call libos_deliver_after_call
    ud2

/* The same, while the instructions of each call are counted. */
    .global libos_entry_traced
libos_entry_traced:
    mov %rsp, P_RSP
    mov P_STACK, %rsp
    push %rdi
    push %rsi
    push %rdx
    push %r10
    push %r8
    push %r9
    mov %r10, %rcx
    mov %rax, P_NUMBER
    cmp $LIBOS_CALLS, %rax
    jae 1b
    shl $4, %eax
    incq LIBOS_TRACE(%rax)
    rdtsc
    shl $32, %rdx
    or %rdx, %rax
    mov %rax, P_BEGAN
    mov 24(%rsp), %rdx
    mov P_NUMBER, %rax
    call *libos_table(, %rax, 8)
    mov %rax, %r8
    rdtsc
    shl $32, %rdx
    or %rdx, %rax
    sub P_BEGAN, %rax
    mov P_NUMBER, %rcx
    shl $4, %ecx
    add %rax, LIBOS_TRACE + 8(%rcx)
    mov %r8, %rax
    jmp 2b

/* Calls whose C function wants all registers of the program. */
    .macro whole name
    .global linux_\name
linux_\name:
    save_called
    jmp whole_\name
    .endm
    whole fork
    whole vfork
    whole clone
    whole execve
    whole execveat
    whole rt_sigreturn

/* _Noreturn void libos_resume(void): go to the program, with the registers in struct process. */
    .global libos_resume, libos_resume_window
libos_resume:
    mov P_REGS + R_R15, %r15
    mov P_REGS + R_R14, %r14
    mov P_REGS + R_R13, %r13
    mov P_REGS + R_R12, %r12
    mov P_REGS + R_RBP, %rbp
    mov P_REGS + R_RBX, %rbx
    mov P_REGS + R_R11, %r11
    mov P_REGS + R_R10, %r10
    mov P_REGS + R_R9, %r9
    mov P_REGS + R_R8, %r8
    mov P_REGS + R_RAX, %rax
    mov P_REGS + R_RCX, %rcx
    mov P_REGS + R_RDX, %rdx
    mov P_REGS + R_RSI, %rsi
    mov P_REGS + R_RDI, %rdi
    mov P_STACK, %rsp
    pushq P_REGS + R_FLAGS
    popfq
    mov P_REGS + R_RSP, %rsp
    jmp *(P_REGS + R_RIP)
libos_resume_window:

/* rsp -> cause | value | detail | rip | cs | rflags | rsp | ss: a fault or an event. The C function
 * returns how to go on. */
    .global libos_upcall, libos_fault_window, libos_event_jump
libos_upcall:
    push %rdi
    push %rsi
    push %rdx
    push %rcx
    push %rax
    push %r8
    push %r9
    push %r10
    push %r11
    push %rbx
    push %rbp
    push %r12
    push %r13
    push %r14
    push %r15
    mov %rsp, %rdi
    mov %rsp, %rbx
    and $-16, %rsp
    cld
    call libos_serve
    mov %rbx, %rsp
    mov 144(%rsp), %rcx             /* rip */
    cmp $1, %eax
    je 1f
    ja 2f
    mov %rcx, P_FAULT_BACK
    jmp 3f
1:  mov %rcx, P_EVENT_BACK
    jmp 4f
2:  mov 168(%rsp), %rdx             /* into the LibOS: through its stack, by ret */
    sub $8, %rdx
    mov %rcx, (%rdx)
    mov %rdx, 168(%rsp)
    .macro load_all
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbp
    pop %rbx
    pop %r11
    pop %r10
    pop %r9
    pop %r8
    pop %rax
    pop %rcx
    pop %rdx
    pop %rsi
    pop %rdi
    lea 40(%rsp), %rsp
    popfq
    pop %rsp
    .endm
    load_all
    ret
3:  load_all
    jmp *P_FAULT_BACK
4:  load_all
libos_event_jump:
    jmp *P_EVENT_BACK
libos_fault_window:

/* void libos_switch(uint64_t stack, void (*f)(void)): continue there. */
    .global libos_switch
libos_switch:
    mov %rdi, %rsp
    call *%rsi
    ud2

/* void libos_change_stack(uint64_t *save, uint64_t to): another thread's. */
    .global libos_change_stack
libos_change_stack:
    push %rbx
    push %rbp
    push %r12
    push %r13
    push %r14
    push %r15
    mov %rsp, (%rdi)
    mov %rsi, %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbp
    pop %rbx
    ret

/* Accesses to the program's memory. At a fault that cannot be served they return -EFAULT. They use
 * no stack of their own. */
    .global libos_guarded, libos_guarded_end, libos_guarded_fault
    .global libos_copy, libos_touch, libos_peek, libos_string, libos_zero
libos_guarded:
libos_copy:                         /* (to, from, bytes) */
    cld
    mov %rdx, %rcx
    shr $3, %rcx
    rep movsq
    mov %edx, %ecx
    and $7, %ecx
    rep movsb
    xor %eax, %eax
    ret
libos_zero:                         /* (to, bytes) */
    cld
    xor %eax, %eax
    mov %rsi, %rcx
    shr $3, %rcx
    rep stosq
    mov %esi, %ecx
    and $7, %ecx
    rep stosb
    ret
libos_touch:                        /* (address): for a write */
    lock orb $0, (%rdi)
    xor %eax, %eax
    ret
libos_peek:                         /* (address): for a read */
    mov (%rdi), %al
    xor %eax, %eax
    ret
libos_string:                       /* (to, from, room): the length, or room if it does not fit */
    xor %eax, %eax
1:  cmp %rdx, %rax
    jae 2f
    mov (%rsi, %rax), %cl
    mov %cl, (%rdi, %rax)
    test %cl, %cl
    jz 2f
    inc %rax
    jmp 1b
2:  ret
libos_guarded_end:
libos_guarded_fault:
    mov $-14, %rax
    ret

    .section .note.GNU-stack, "", @progbits
