/* SPDX-License-Identifier: MIT
 * The usual cases of register messages, without stack and without C, saving only the registers that
 * a switch needs. A send is handled here if its receiver waits on this CPU, or its mailbox has
 * room; a receive if a message waits, or another environment can run. All checks of ipc.c for these
 * cases are made here, too. All other cases go to ipc.c.
 *
 * rsp is ring 3's until the end, so this code must not push, and must not fault: the fault's frame
 * would go to ring 3's stack, which SMAP turns into a double fault. It cannot fault, since it
 * touches only mapped memory: this CPU's struct cpu, environments in the direct map, and the
 * caller's capability table, which is mapped as long as its environment lives, by tables that all
 * address spaces share (paging_init). It leaves copies of ring 3's memory to C. While the lock is
 * held, the environment that a capability names cannot end. If the lock is not free at once, C
 * waits for it. */
#include "crossing.h"

    .macro unlock
    movl $0, kernel_lock_word
    .endm

/* Make `env` and its address space current. `free` is a register to use. */
    .macro switch env, free
    trace_turn                      /* env is rdi */
    mov \env, %gs:CPU_CURRENT
    lea FRAME_END(\env), \free
    mov \free, %gs:CPU_RSP0
    mov ENV_CR3(\env), \free
    mov \free, %cr3
    .endm

/* Store words and their length in a slot of a mailbox. */
    .macro deposit at:vararg
    mov %rdx, ENV_WAITING + MESSAGE_LENGTH(\at)
    mov %rsi, ENV_WAITING + MESSAGE_WORD(\at)
    mov %r10, ENV_WAITING + MESSAGE_WORD + 8(\at)
    mov %r8, ENV_WAITING + MESSAGE_WORD + 16(\at)
    mov %r9, ENV_WAITING + MESSAGE_WORD + 24(\at)
    .endm

    .macro collect at:vararg
    mov ENV_WAITING + MESSAGE_WORD(\at), %rsi
    mov ENV_WAITING + MESSAGE_WORD + 8(\at), %r10
    mov ENV_WAITING + MESSAGE_WORD + 16(\at), %r8
    mov ENV_WAITING + MESSAGE_WORD + 24(\at), %r9
    .endm

/* rcx: offset of the message in that slot from its environment. */
    .macro offset_of_slot slot
    lea (\slot, \slot, 2), \slot
    shl $4, \slot
    .endm

    .section .rodata
    .balign 8
/* By the length of a message, 0 to 32: what its last word keeps. */
kept:
    .quad 0
    .rept 4
    .set bytes, 1
    .rept 7
    .quad (1 << (8 * bytes)) - 1
    .set bytes, bytes + 1
    .endr
    .quad -1
    .endr

    .text
/* Clear what the length (rdx, at most 32) does not reach, so that the receiver sees nothing else of
 * the sender's registers. */
    .macro clear_rest name
    jmp *5f(, %rdx, 8)
    .pushsection .rodata
    .balign 8
5:  .rept 8
    .quad 1f
    .endr
    .quad \name\()_one
    .rept 7
    .quad 2f
    .endr
    .quad \name\()_two
    .rept 7
    .quad 3f
    .endr
    .quad \name\()_three
    .rept 7
    .quad 4f
    .endr
    .quad \name\()_four
    .popsection
4:  and kept(, %rdx, 8), %r9
    jmp \name\()_four
3:  and kept(, %rdx, 8), %r8
    jmp \name\()_three
2:  and kept(, %rdx, 8), %r10
    jmp \name\()_two
1:  and kept(, %rdx, 8), %rsi
\name\()_one:
    xor %r10d, %r10d
\name\()_two:
    xor %r8d, %r8d
\name\()_three:
    xor %r9d, %r9d
\name\()_four:
    .endm

/* The beginning of exo_send and exo_call: find the receiver, and put it into rdi. */
    .macro receiver name
    enter SYS_\name
    cmp $REGISTER_BYTES, %rdx
    ja \name\()_slow
    clear_rest \name
    lock btsl $0, kernel_lock_word
    jc \name\()_slow
    movzwl %di, %ecx
    cmp ENV_CAPACITY(%rax), %ecx
    jae stale
    shl $SLOT_SHIFT, %ecx
    add ENV_SLOTS(%rax), %rcx
    cmp %rdi, (%rcx)
    jne stale
    cmpw $TYPE_PROCESS, SLOT_TYPE(%rcx)
    jne invalid
    testb $RIGHT_W, SLOT_RIGHTS(%rcx)
    jz denied
    mov %rdi, FRAME_RDI(%rax)       /* for C, if it takes over */
    mov SLOT_RESOURCE(%rcx), %edi
    mov env_table(, %rdi, 8), %rdi
    mov ENV_STATE_WORD(%rdi), %rcx
    cmp %gs:CPU_RECEIVER, %rcx
    jne \name\()_else
\name\()_at_once:
    cmp ENV_ROOM(%rdi), %rdx
    ja \name\()_rest
    .endm

/* The end: run the receiver, with the words in the registers where the sender had them. */
    .macro receive
    trace_send
    trace_reach
    movb $STATE_READY, ENV_STATE(%rdi)
    switch %rdi, %rcx
    restore %rdi
    mov ENV_NUMBER(%rax), %rdi
    unlock                          /* now the sender may end */
    mov %rdx, %rax
    xor %edx, %edx
    trace result, %rax, $0
    swapgs
    forget %edx
    sysretq
    .endm

/* The receiver cannot be switched to at once. If it is only missing in the ring, put it there, as
 * ring_add does, and switch. But with slices go to C: a second environment starts a slice. */
    .macro into_ring name
    bts $8 * (ENV_QUEUED - ENV_STATE_WORD), %rcx
    cmp %gs:CPU_RECEIVER, %rcx
    jne \name\()_rest
    cmpq $0, slice_ticks
    jne \name\()_rest
    mov %r11, FRAME_RFLAGS(%rax)
    mov %gs:CPU_RING, %rcx
    mov ENV_PREV(%rcx), %r11
    mov %rcx, ENV_NEXT(%rdi)
    mov %r11, ENV_PREV(%rdi)
    mov %rdi, ENV_NEXT(%r11)
    mov %rdi, ENV_PREV(%rcx)
    movb $1, ENV_QUEUED(%rdi)
    mov FRAME_RFLAGS(%rax), %r11
    jmp \name\()_at_once
\name\()_rest:                      /* the lock is held */
    save
  .ifc \name, call
    bts $MEMORY_BIT, %rdx           /* words_found must know */
  .endif
    to_c words_found
\name\()_slow:                      /* the lock is not held */
    save
    to_c sys_\name
    .endm

    .global way_send, way_call, way_recv
way_send:
    receiver send
    movq $0, FRAME_RAX(%rax)
    save
    receive

send_else:                          /* into its mailbox, if it has room */
    cmpb $STATE_RECEIVING, ENV_STATE(%rdi)
    je 3f
    cmpq $0, ENV_MAIL_WORD(%rdi)
    jne 2f
    trace_send
    mov ENV_NUMBER(%rax), %rcx
    mov %rcx, ENV_WAITING + MESSAGE_SENDER(%rdi)
    deposit %rdi
    movw $1, ENV_MAIL(%rdi)
    unlock
    mov FRAME_RIP(%rax), %rcx
    xor %eax, %eax
    xor %edi, %edi
    trace result, %rax, $0
    swapgs
    sysretq
2:  cmpw $MAILBOX_SLOTS, ENV_MAIL(%rdi)
    jae send_rest
    cmpb $0, ENV_BLOCKED(%rdi)
    jne send_rest
    trace_send
    movzwl ENV_HEAD(%rdi), %ecx
    add ENV_MAIL(%rdi), %cx
    and $MAILBOX_SLOTS - 1, %ecx
    offset_of_slot %rcx
    mov ENV_NUMBER(%rax), %rax
    mov %rax, ENV_WAITING + MESSAGE_SENDER(%rdi, %rcx)
    deposit %rdi, %rcx
    incw ENV_MAIL(%rdi)
    unlock
    mov %gs:CPU_CURRENT, %rax
    mov FRAME_RIP(%rax), %rcx
    xor %eax, %eax
    xor %edi, %edi
    trace result, %rax, $0
    swapgs
    sysretq
3:  into_ring send

way_call:                           /* the caller then waits for the next message */
    receiver call
    cmpq $0, ENV_MAIL_WORD(%rax)
    jne call_rest
    movb $STATE_RECEIVING, ENV_STATE(%rax)
    movq $REGISTER_BYTES, ENV_ROOM(%rax)
    save
    receive
call_else:
    into_ring call

stale:
    mov $ERROR_STALE, %rdi
    jmp 1f
invalid:
    mov $ERROR_INVALID, %rdi
    jmp 1f
denied:
    mov $ERROR_DENIED, %rdi
1:  unlock
    mov FRAME_RIP(%rax), %rcx
    mov %rdi, %rax
    trace result, %rax, $0
    swapgs
    sysretq

/* exo_recv: rdi mailbox, rsi buffer, rdx capacity */
way_recv:
    test %rdi, %rdi
    jne recv_slow                   /* not its own mailbox, but a capability */
    mov %gs:CPU_CALL, %rdi
    movl $SYS_recv, (%rdi)
    mov %gs:CPU_CURRENT, %rax
    lock btsl $0, kernel_lock_word
    jc recv_own
    cmpq $1, ENV_MAIL_WORD(%rax)    /* one message, in the first slot, and nothing else */
    jne 1f
    cmp ENV_WAITING + MESSAGE_LENGTH(%rax), %rdx
    jb recv_rest
    mov ENV_WAITING + MESSAGE_SENDER(%rax), %rdi
    collect %rax
    movw $0, ENV_MAIL(%rax)
    mov ENV_WAITING + MESSAGE_LENGTH(%rax), %rax
    trace receive, %rdi, %rax
    unlock
    xor %edx, %edx
    trace result, %rax, $0
    swapgs
    sysretq
1:  cmpq $0, ENV_MAIL_WORD(%rax)
    jne 3f
    cmp $REGISTER_BYTES, %rdx
    ja 5f
    /* No message waits: run the next environment. If another CPU just made one urgent here, the
     * interrupt that it sent switches to it. */
2:  mov %gs:CPU_RING, %rdi
    cmp %rax, %rdi
    cmove ENV_NEXT(%rax), %rdi
    movb $STATE_RECEIVING, ENV_STATE(%rax) /* so that the caller is not chosen itself */
    mov ENV_STATE_WORD(%rdi), %r8
    cmp %gs:CPU_RUNNER, %r8
    jne recv_nobody
    cmpb $0, %gs:CPU_ATTEND
    jne recv_nobody
    mov ENV_NEXT(%rdi), %r8
    mov %r8, %gs:CPU_RING
    movb $1, %gs:CPU_FRESH
    mov %rsi, ENV_BUFFER(%rax)
    mov %rdx, ENV_ROOM(%rax)
    mov %rcx, FRAME_RIP(%rax)
    save
    switch %rdi, %rcx
    unlock
    trace_back result, FRAME_RAX
    restore %rdi
    swapgs
    forget ENV_ZEROS(%rdi)
    results %rdi
    sysretq
3:  cmpl $0, ENV_BLOCKED(%rax)      /* blocked senders, pending: go to C */
    jne recv_rest
    movzwl ENV_HEAD(%rax), %edi
    offset_of_slot %rdi
    cmp ENV_WAITING + MESSAGE_LENGTH(%rax, %rdi), %rdx
    jb recv_rest
    mov ENV_WAITING + MESSAGE_LENGTH(%rax, %rdi), %rdx
    collect %rax, %rdi
    mov ENV_WAITING + MESSAGE_SENDER(%rax, %rdi), %rdi
    incb ENV_HEAD(%rax)
    andb $MAILBOX_SLOTS - 1, ENV_HEAD(%rax)
    decw ENV_MAIL(%rax)
    jne 4f
    movw $0, ENV_HEAD(%rax)         /* an empty mailbox starts at slot 0 */
4:  trace receive, %rdi, %rdx
    unlock
    mov %rdx, %rax
    xor %edx, %edx
    trace result, %rax, $0
    swapgs
    sysretq
5:  movabs $USER_END, %r8       /* the buffer must be in user space */
    sub %rsi, %r8
    jb recv_rest
    cmp %rdx, %r8
    jae 2b
    jmp recv_rest
recv_nobody:
    movb $STATE_READY, ENV_STATE(%rax)
recv_rest:
    unlock
recv_own:
    xor %edi, %edi
recv_slow:
    enter SYS_recv
    save
    mov $-1, %r10                   /* EXO_FOREVER */
    to_c sys_recv_timed

    .section .note.GNU-stack, "", @progbits
