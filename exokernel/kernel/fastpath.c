/* SPDX-License-Identifier: MIT
 * Messages in registers, the usual cases: the receiver waits on this CPU, or its mailbox has room;
 * a message waits, or somebody else can run meanwhile. No function is called on these ways, so no
 * register is saved twice. Every check is made here too; what is left over goes to ipc.c. */
#include "ipc.h"
#include "syscalls.h"

/* Whether `to` can be switched to at once with so many bytes in its registers. */
static inline __attribute__((always_inline)) bool
waits_here(const struct env *me, const struct env *to, uint64_t length)
{
    return to->state == ENV_RECEIVING && to->cpu == me->cpu && to->recv_capacity >= length
        && !to->timer.link && !slice_ticks;
}

/* The receiver, with its message, is ready again; it may have stayed in the ring. */
static inline __attribute__((always_inline)) void rouse(struct env *to)
{
    to->state = ENV_READY;
    if (!to->queued)
        ring_add(to);
}

/* exo_send: words to a receiver that waits on this CPU go straight into its registers, and it runs;
 * words to one that is busy go into its mailbox. */
int64_t sys_send(cap_id_t dest, uint64_t w0, uint64_t length, uint64_t w1, uint64_t w2, uint64_t w3)
{
    struct env *me = current_env(), *to;

    if (__builtin_expect(length > EXO_REGISTER_BYTES, 0))
        ipc_send(dest, w0, length, w1, w2, w3, false);
    kernel_lock();
    const int64_t error = env_named(me, dest, EXO_RIGHT_W, &to);
    if (__builtin_expect(error != 0, 0)) {
        kernel_unlock();
        return error;
    }
    if (waits_here(me, to, length)) {
        put(to, me->number, length, w0, w1, w2, w3, 0);
        rouse(to);
        me->frame.rax = FB_OK;
        switch_back(to);
    }
    if (to->state != ENV_RECEIVING && to->mail < EXO_MAILBOX_SLOTS && !to->mailbox.first) {
        enqueue(to, &(struct message){ length, me->number, { w0, w1, w2, w3 } });
        kernel_unlock();
        return FB_OK;
    }
    kernel_unlock();
    ipc_send(dest, w0, length, w1, w2, w3, false);
}

/* exo_call: the same, and the sender waits for the next message in the receiver's place. */
int64_t sys_call(cap_id_t dest, uint64_t w0, uint64_t length, uint64_t w1, uint64_t w2, uint64_t w3)
{
    struct env *me = current_env(), *to;

    if (__builtin_expect(length > EXO_REGISTER_BYTES, 0))
        ipc_send(dest, w0, length, w1, w2, w3, true);
    kernel_lock();
    const int64_t error = env_named(me, dest, EXO_RIGHT_W, &to);
    if (__builtin_expect(error != 0, 0)) {
        kernel_unlock();
        return error;
    }
    if (waits_here(me, to, length) && !me->mail && !me->pending) {
        put(to, me->number, length, w0, w1, w2, w3, 0);
        rouse(to);
        me->state = ENV_RECEIVING;
        me->recv_capacity = EXO_REGISTER_BYTES;
        switch_back(to);
    }
    kernel_unlock();
    ipc_send(dest, w0, length, w1, w2, w3, true);
}

/* exo_recv from one's own mailbox, without a deadline. */
_Noreturn void sys_recv(cap_id_t mailbox, uint64_t buffer, uint64_t capacity)
{
    struct env *me = current_env();
    struct cpu *cpu = me->cpu;

    kernel_lock();
    if (!mailbox && !me->mailbox.first && !me->pending) {
        const struct message *m = &me->waiting[me->mailbox.head];
        struct env *next = cpu->ring == me ? me->next : cpu->ring;
        if (me->mailbox.count && m->length <= capacity) {
            take_waiting(me, m);
            kernel_unlock();
            env_return(me);
        }
        if (!me->mailbox.count && (capacity <= EXO_REGISTER_BYTES || in_user(buffer, capacity))
            && next != me && next->state == ENV_READY && next->by_syscall && !next->pending
            && !cpu->urgent && !cpu->finished && !slice_ticks) {
            await(me, buffer, capacity);
            cpu->ring = next->next;
            switch_back(next);
        }
    }
    kernel_unlock();
    sys_recv_timed(mailbox, buffer, capacity, EXO_FOREVER);
}
