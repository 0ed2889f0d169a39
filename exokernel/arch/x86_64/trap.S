/* SPDX-License-Identifier: MIT
 * The 32 exception entries. Each leaves a struct trap_frame (kernel/kernel.h) on the stack, low
 * addresses first: r15 .. rax | vector | error | rip | cs | rflags | rsp | ss. */
    .text
    .macro entry vector
trap_entry_\vector:
    .if !(\vector == 8 || (\vector >= 10 && \vector <= 14) || \vector == 17 || \vector == 21 \
          || \vector == 29 || \vector == 30)
    push $0                         /* the CPU pushes an error code for the others */
    .endif
    push $\vector
    jmp trap_common
    .endm

    .altmacro
    .set n, 0
    .rept 32
    entry %n
    .set n, n + 1
    .endr

trap_common:
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
    mov %rsp, %rdi
    and $-16, %rsp
    call trap                       /* does not return */

    .macro address vector
    .quad trap_entry_\vector
    .endm

    .section .rodata
    .global trap_entries
trap_entries:
    .set n, 0
    .rept 32
    address %n
    .set n, n + 1
    .endr

    .section .note.GNU-stack, "", @progbits
