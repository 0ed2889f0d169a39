/* SPDX-License-Identifier: MIT
 * Copies messages between buffers and registers. Buffers consist of whole aligned words. Up to 32
 * bytes are loaded and stored word by word, and only the words that belong to the message. */
#include <feuerbird/syscalls.h>

#define NUMBER(number, name, class, arguments, text) .set SYS_##name, number;
FB_SYSCALLS(NUMBER)
#define MEMORY_BIT 32

/* Load `length` bytes (rdx, at most 32) at rsi into rsi r10 r8 r9, last word first: it jumps to the
 * last word, and each word costs one instruction. rcx is length + 7. */
    .macro load
    and $-8, %ecx
    jmp *7f(%rcx)
    .pushsection .rodata
    .balign 8
7:  .quad 6f, 5f, 4f, 3f, 2f
    .popsection
2:  mov 24(%rsi), %r9
3:  mov 16(%rsi), %r8
4:  mov 8(%rsi), %r10
5:  mov (%rsi), %rsi
6:
    .endm

/* Store rax bytes to the buffer at rdx, if they are in registers. */
    .macro store
    lea 7(%rax), %ecx
    cmp $32, %rax
    ja 6f
    and $-8, %ecx
    jmp *7f(%rcx)
    .pushsection .rodata
    .balign 8
7:  .quad 6f, 5f, 4f, 3f, 2f
    .popsection
2:  mov %r9, 24(%rdx)
3:  mov %r8, 16(%rdx)
4:  mov %r10, 8(%rdx)
5:  mov %rsi, (%rdx)
6:
    .endm

    .text
/* int64_t exo_send(cap_id_t to, const void *buffer, uint64_t length | EXO_NOWAIT) */
    .global exo_send
exo_send:
    lea 7(%rdx), %ecx               /* drops the flags, which are higher bits */
    cmp $39, %ecx
    ja exo_send_large
    load
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

/* int64_t exo_call(cap_id_t to, void *buffer, uint64_t length, uint64_t capacity): the next
 * message, usually the answer, replaces the one that was sent. */
    .global exo_call
exo_call:
    cmp $32, %rdx
    ja exo_call_large
    cmp $32, %rcx
    ja exo_call_large
    push %rsi
    lea 7(%rdx), %ecx
    load
    mov $SYS_call, %eax
    syscall
    pop %rdx
    store
    ret
exo_call_large:
    mov %rcx, %r8
    xor %r10d, %r10d
    bts $MEMORY_BIT, %rdx
    push %rsi
    mov $SYS_call, %eax
    syscall
    pop %rdx
    store
    ret

/* int64_t exo_recv(cap_id_t mailbox, void *buffer, uint64_t capacity) */
    .global exo_recv
exo_recv:
    push %rsi
    mov $SYS_recv, %eax
    syscall
    pop %rdx
    store
    ret

/* int64_t exo_recv_timed(cap_id_t mailbox, void *buffer, uint64_t capacity, uint64_t deadline) */
    .global exo_recv_timed
exo_recv_timed:
    push %rsi
    mov %rcx, %r10
    mov $SYS_recv_timed, %eax
    syscall
    pop %rdx
    store
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
    store
    ret

    .section .note.GNU-stack, "", @progbits
