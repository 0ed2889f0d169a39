/* SPDX-License-Identifier: MIT
 * The LibOS's own system calls, own_NAME; and messages for it and for the server, which is a native
 * environment. */
#include <feuerbird/syscalls.h>

#define OWN 0x10000 /* EXO_OWN */
#define MEMORY_BIT 32

    .text
#define STUB(number, name) \
    .global own_##name; own_##name: mov %rcx, %r10; mov $(number + OWN), %eax; syscall; ret;
#define PLAIN(number, name) STUB(number, name)
#define SWITCH(number, name) STUB(number, name)
#define MESSAGE(number, name) .set SYS_##name, number;
#define EACH(number, name, class, arguments, text) class(number, name)
FB_SYSCALLS(EACH)

/* Store the registers of a message into struct words at r8. */
    .macro stored
    pop %rcx
    mov %rsi, (%rcx)
    mov %r10, 8(%rcx)
    mov %r8, 16(%rcx)
    mov %r9, 24(%rcx)
    mov %rdi, 32(%rcx)
    mov %rdx, 40(%rcx)
    ret
    .endm

    .macro messages prefix, mark
    .global \prefix\()_call_words, \prefix\()_call_memory, \prefix\()_receive
    .global \prefix\()_send_words, \prefix\()_send_memory
/* (to, words): send 32 bytes, and receive the next message in their place. */
\prefix\()_call_words:
    push %rsi
    mov $32, %edx
    mov 8(%rsi), %r10
    mov 16(%rsi), %r8
    mov 24(%rsi), %r9
    mov (%rsi), %rsi
    mov $SYS_call + \mark, %eax
    syscall
    stored
/* (to, buffer, length | flags, capacity, words): the same from and into memory. */
\prefix\()_call_memory:
    push %r8
    bts $MEMORY_BIT, %rdx
    mov %rcx, %r8
    xor %r10d, %r10d
    mov $SYS_call + \mark, %eax
    syscall
    stored
/* (buffer, capacity, deadline, words) */
\prefix\()_receive:
    push %rcx
    mov %rdx, %r10
    mov %rsi, %rdx
    mov %rdi, %rsi
    xor %edi, %edi
    mov $SYS_recv_timed + \mark, %eax
    syscall
    stored
/* (to, words, length | flags) */
\prefix\()_send_words:
    mov 8(%rsi), %r10
    mov 16(%rsi), %r8
    mov 24(%rsi), %r9
    mov (%rsi), %rsi
    mov $SYS_send + \mark, %eax
    syscall
    ret
/* (to, buffer, length | flags) */
\prefix\()_send_memory:
    bts $MEMORY_BIT, %rdx
    xor %r10d, %r10d
    mov $SYS_send + \mark, %eax
    syscall
    ret
    .endm
    messages own, OWN
    messages server, 0

    .section .note.GNU-stack, "", @progbits
