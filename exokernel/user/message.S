/* SPDX-License-Identifier: MIT
 * Messages between buffers and registers. Buffers are whole words, aligned: up to 32 bytes are
 * loaded and stored a word at a time, and never a word that the message does not reach. */
#include <feuerbird/syscalls.h>

#define NUMBER(number, name, class, arguments, text) .set SYS_##name, number;
FB_SYSCALLS(NUMBER)
#define MEMORY_BIT 32

/* The words of `length` (rdx, at most 32) bytes at rsi into rsi r10 r8 r9. */
    .macro load
    mov %rsi, %rax
    cmp $16, %rdx
    jbe 2f
    cmp $24, %rdx
    jbe 3f
    mov 24(%rax), %r9
3:  mov 16(%rax), %r8
2:  cmp $8, %rdx
    jbe 1f
    mov 8(%rax), %r10
1:  test %rdx, %rdx
    jz 4f
    mov (%rax), %rsi
4:
    .endm

/* The other way: rax bytes, if they are few, to the buffer in `to`. */
    .macro store to
    cmp $32, %rax
    ja 4f
    test %rax, %rax
    jz 4f
    mov %rsi, (\to)
    cmp $8, %rax
    jbe 4f
    mov %r10, 8(\to)
    cmp $16, %rax
    jbe 4f
    mov %r8, 16(\to)
    cmp $24, %rax
    jbe 4f
    mov %r9, 24(\to)
4:
    .endm

    .text
/* int64_t exo_send(cap_id_t to, const void *buffer, uint64_t length | EXO_NOWAIT) */
    .global exo_send
exo_send:
    cmp $32, %edx
    ja exo_send_large
    push %rdx
    mov %edx, %edx
    load
    pop %rdx
    mov $SYS_send, %eax
    syscall
    ret
exo_send_large:
    xor %r10d, %r10d
    mov $SYS_send, %eax
    syscall
    ret

/* int64_t exo_send_cap(cap_id_t to, const void *buffer, uint64_t length, cap_id_t capability) */
    .global exo_send_cap
exo_send_cap:
    bts $MEMORY_BIT, %rdx
    mov %rcx, %r10
    mov $SYS_send, %eax
    syscall
    ret

/* int64_t exo_call(cap_id_t to, void *buffer, uint64_t length, uint64_t capacity): the next message
 * received, usually the answer, replaces the one sent. */
    .global exo_call
exo_call:
    cmp $32, %rdx
    ja 5f
    cmp $32, %rcx
    ja 5f
    push %rsi
    load
    mov $SYS_call, %eax
    syscall
    pop %rdx
    store %rdx
    ret
5:  mov %rcx, %r8
    xor %r10d, %r10d
    bts $MEMORY_BIT, %rdx
    push %rsi
    mov $SYS_call, %eax
    syscall
    pop %rdx
    store %rdx
    ret

/* int64_t exo_recv(cap_id_t mailbox, void *buffer, uint64_t capacity) */
    .global exo_recv
exo_recv:
    push %rsi
    mov $SYS_recv, %eax
    syscall
    pop %rdx
    store %rdx
    ret

/* int64_t exo_recv_timed(cap_id_t mailbox, void *buffer, uint64_t capacity, uint64_t deadline) */
    .global exo_recv_timed
exo_recv_timed:
    push %rsi
    mov %rcx, %r10
    mov $SYS_recv_timed, %eax
    syscall
    pop %rdx
    store %rdx
    ret

/* int64_t exo_recv_from(cap_id_t mailbox, void *buffer, uint64_t capacity, uint64_t deadline,
 *                       struct exo_from *from): who sent it, and the capability it carried. */
    .global exo_recv_from
exo_recv_from:
    push %rsi
    push %r8
    mov %rcx, %r10
    mov $SYS_recv_timed, %eax
    syscall
    pop %rcx
    mov %rdi, (%rcx)
    mov %rdx, 8(%rcx)
    pop %rdx
    store %rdx
    ret

    .section .note.GNU-stack, "", @progbits
