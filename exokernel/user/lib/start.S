/* SPDX-License-Identifier: MIT
 * The entry of ring 3, the entry of upcalls, and a stub for each system call of the list. */
#include <feuerbird/syscalls.h>

    .section .start, "ax"
    .global start
start:                              /* rdi program, rsi and rdx its arguments */
    call user_main
    mov %rax, %rdi
    call exo_exit
    ud2

    .text
/* rsp -> cause | value | detail | rip | cs | rflags | rsp | ss. Calls the C handler, whose address
 * is on top of the upcall stack, and returns to where the environment was, without the kernel. It
 * does not use iretq, which QEMU 7.2 gets wrong in ring 3 under SMAP. Programs have no red zone. */
    .global upcall_entry
upcall_entry:
    push %rax
    push %rcx
    push %rdx
    push %rsi
    push %rdi
    push %r8
    push %r9
    push %r10
    push %r11
    sub $8, %rsp
    mov 80(%rsp), %rdi
    mov 88(%rsp), %rsi
    mov 96(%rsp), %rdx
    mov %rsp, %rcx
    or $0xfff, %rcx                 /* the last word of the upcall page */
    call *-7(%rcx)
    mov 128(%rsp), %rcx             /* its stack: store the return address there, for ret */
    mov 104(%rsp), %rax
    sub $8, %rcx
    mov %rax, (%rcx)
    mov %rcx, 128(%rsp)
    add $8, %rsp
    pop %r11
    pop %r10
    pop %r9
    pop %r8
    pop %rdi
    pop %rsi
    pop %rdx
    pop %rcx
    pop %rax
    add $40, %rsp
    popfq
    pop %rsp
    ret

#define STUB(number, name) \
    .global exo_##name; exo_##name: mov %rcx, %r10; mov $number, %eax; syscall; ret;
#define PLAIN(number, name) STUB(number, name)
#define SWITCH(number, name) STUB(number, name)
#define MESSAGE(number, name)
#define EACH(number, name, class, arguments, text) class(number, name)
FB_SYSCALLS(EACH)

    .section .note.GNU-stack, "", @progbits
