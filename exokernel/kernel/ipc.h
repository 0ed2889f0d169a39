/* SPDX-License-Identifier: MIT
 * Messages: the steps that the usual cases (fastpath.c) and all others (ipc.c) share. */
#ifndef FEUERBIRD_IPC_H
#define FEUERBIRD_IPC_H

#include "env.h"

/* kernel/ipc.c */
_Noreturn void ipc_send(cap_id_t dest, uint64_t w0, uint64_t length, uint64_t w1, uint64_t w2,
                        uint64_t w3, bool call);

static inline bool in_user(uint64_t address, uint64_t size)
{
    return address <= EXO_USER_END && size <= EXO_USER_END - address;
}

/* The message is in the registers that the receiver will find when it goes on. */
static inline __attribute__((always_inline)) void
put(struct env *to, uint64_t sender, uint64_t length, uint64_t w0, uint64_t w1, uint64_t w2,
    uint64_t w3, uint64_t capability)
{
    struct trap_frame *f = &to->frame;

    f->rax = length, f->rdi = sender, f->rdx = capability;
    f->rsi = w0, f->r10 = w1, f->r8 = w2, f->r9 = w3;
}

/* A register message into the mailbox, which has room. O(1). */
static inline void enqueue(struct env *to, const struct message *m)
{
    to->mail++;
    to->waiting[(to->mailbox.head + to->mailbox.count++) % EXO_MAILBOX_SLOTS] = *m;
}

/* The first register message out of the mailbox. O(1). */
static inline void take_waiting(struct env *me, const struct message *m)
{
    put(me, m->sender, m->length, m->word[0], m->word[1], m->word[2], m->word[3], 0);
    me->mailbox.head = (me->mailbox.head + 1) % EXO_MAILBOX_SLOTS;
    me->mailbox.count--;
    me->mail--;
}

/* From now on it waits for a message. */
static inline void await(struct env *me, uint64_t buffer, uint64_t capacity)
{
    me->state = ENV_RECEIVING;
    me->recv_buffer = buffer;
    me->recv_capacity = capacity;
}

#endif
