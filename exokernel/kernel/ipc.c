/* SPDX-License-Identifier: MIT
 * Messages. A mailbox takes EXO_MAILBOX_SLOTS register messages without blocking their senders. A
 * sender beyond them, or one whose message is in memory, blocks until the receiver takes it, in
 * order. A message is copied at most once, and never dropped.
 *
 *   mailbox:  [ waiting registers ... ] then ( blocked sender ) -> ( blocked sender ) -> ...
 *
 * A receiver blocks only while its mailbox is empty. arch/x86_64/message.S handles the usual cases
 * of register messages, with all checks; this file handles all cases. */
#include "env.h"
#include "syscalls.h"
#include "trace.h"

#include <loopbound.h>

/* What waking a sender takes of a step of work (cpu.h), and how many are woken by a receive. */
enum { WAKE = 200, REFILL = 4 };

static inline bool has_mail(const struct env *env) { return env->mail || env->blocked; }

/* Put the message into the registers of the receiver, and end its wait. */
static void deliver(struct env *to, uint64_t sender, uint64_t length, const uint64_t word[4],
                    uint64_t capability)
{
    struct trap_frame *f = &to->frame;

    f->rax = length, f->rdi = sender, f->rdx = capability;
    f->rsi = word[0], f->r10 = word[1], f->r8 = word[2], f->r9 = word[3];
    timer_cancel(&to->timer);
    to->timed = false;
}

/* Put a register message into the mailbox, which has room. O(1). */
static inline void enqueue(struct env *to, const struct message *m)
{
    to->waiting[(to->head + to->mail++) % EXO_MAILBOX_SLOTS] = *m;
}

/* Take the first register message. An empty mailbox starts at its first slot again. O(1). */
static inline void take_waiting(struct env *me, const struct message *m)
{
    trace(receive, me, m->sender, m->length);
    deliver(me, m->sender, m->length, m->word, 0);
    me->head = --me->mail ? (me->head + 1) % EXO_MAILBOX_SLOTS : 0;
}

/* Make the environment wait for a message. */
static inline void await(struct env *me, uint64_t buffer, uint64_t capacity)
{
    me->state = ENV_RECEIVING;
    me->recv_buffer = buffer;
    me->recv_capacity = capacity;
}

/* End a blocked call with this result. */
static void wake(struct env *env, int64_t result)
{
    deliver(env, 0, (uint64_t)result, (const uint64_t[4]){ 0 }, 0);
    make_ready(env);
}

/* Run the receiver at once if it is on this CPU; the sender keeps its turn. */
static _Noreturn void hand_over(struct env *me, struct env *to)
{
    make_ready(to);
    if (to->cpu != me->cpu)
        answer(me, FB_OK);
    me->frame.rax = FB_OK;
    switch_to(to);
}

static void arguments(struct env *env, uint64_t buffer, uint64_t capacity, uint64_t deadline)
{
    struct trap_frame *f = &env->frame;

    f->rdi = 0, f->rsi = buffer, f->rdx = capacity, f->r10 = deadline;
}

/* Let the environment execute its call again, as a receive from its own mailbox. */
static void again(struct env *env, uint64_t deadline)
{
    arguments(env, env->recv_buffer, env->recv_capacity, deadline);
    env->frame.rax = number_again(env, SYS_recv_timed), env->frame.rip -= 2;
    make_ready(env);
}

/* Interrupt its receive, or the second half of its call, for an upcall. */
void ipc_again(struct env *env)
{
    const uint64_t deadline = env->timer.place ? env->timer.when : EXO_FOREVER;

    timer_cancel(&env->timer);
    env->timed = false;
    again(env, deadline);
}

/* A receive deadline passed. */
static void expired(struct timer *timer)
{
    struct env *env = (struct env *)((char *)timer - offsetof(struct env, timer));

    wake(env, FB_ETIMEOUT);
}

/* The sender's message was taken, or never will be. If it is in a call, it waits for a message now;
 * but if it has mail, or an upcall is due, it executes its system call again. */
static void sent(struct env *sender, int64_t result)
{
    if (result)
        trace(withdraw, sender, trace_number(sender->out.to), (uint64_t)result);
    sender->out.to = NULL;
    if (result || !sender->out.call) {
        wake(sender, result);
    } else {
        await(sender, sender->out.buffer, sender->out.capacity);
        if (has_mail(sender) || sender->pending)
            again(sender, EXO_FOREVER);
    }
}

static void append(struct env *to, struct env *sender)
{
    sender->out.next = NULL;
    if (to->blocked) {
        to->senders.last->out.next = sender;
        sender->out.prev = to->senders.last;
    } else {
        to->senders.first = sender;
    }
    to->senders.last = sender;
    to->blocked = true;
}

/* Take out the first blocked sender. `prev` of the next one is not read any more. O(1). */
static inline void remove_first(struct env *to)
{
    to->senders.first = to->senders.first->out.next;
    to->blocked = to->senders.first;
}

/* Take a blocked sender out of the mailbox that it waits for. O(1). */
void ipc_step_back(struct env *env)
{
    struct env *const to = env->out.to;

    if (!to)
        return;
    trace(withdraw, env, trace_number(to), 0);
    env->out.to = NULL;
    if (to->senders.first == env) {
        remove_first(to);
        return;
    }
    env->out.prev->out.next = env->out.next;
    *(env->out.next ? &env->out.next->out.prev : &to->senders.last) = env->out.prev;
}

/* Whether a message is in the sender's memory or carries a capability. */
static inline bool in_memory(uint64_t length) { return length & EXO_MEMORY; }

/* Move register messages of blocked senders into free slots of the mailbox, a few at a time. */
static void refill(struct env *to)
{
    int left = REFILL;

    for (struct env *s; (s = to->senders.first) && !in_memory(s->out.length)
                        && to->mail < EXO_MAILBOX_SLOTS && left--;) {
        const struct trap_frame *f = &s->frame;
        remove_first(to);
        enqueue(to,
                &(struct message){ s->out.length, s->number, { f->rsi, f->r10, f->r8, f->r9 } });
        sent(s, FB_OK);
    }
}

/* Take the message of the first blocked sender from its memory. False: the send failed, so the next
 * message is to be tried. */
static bool take_from_memory(struct env *me, uint64_t buffer, uint64_t capacity)
{
    struct env *s = me->senders.first;
    const uint64_t length = s->out.length & EXO_LENGTH_MASK;
    uint64_t word[4] = { 0 };
    int64_t error, capability = 0;

    if (length > capacity)
        answer(me, FB_ESIZE);
    if (length > EXO_REGISTER_BYTES)
        error = space_copy(s, s->out.buffer, buffer, length, false);
    else
        error = space_copy(s, s->out.buffer, (uint64_t)word, length, false);
    if (error == FB_EADDRESS)
        answer(me, FB_EADDRESS);
    if (!error && s->out.capability) {
        capability = cap_grant(s, s->out.capability, me, EXO_RIGHTS_ALL);
        error = capability < 0 ? capability : 0;
    }
    remove_first(me);
    const uint64_t sender = s->number;
    sent(s, error == FB_EAGAIN ? FB_EADDRESS : error);
    if (error)
        return false;
    trace(receive, me, sender, length);
    deliver(me, sender, length, word, (uint64_t)capability);
    return true;
}

/* Give `me`, who runs, its next message, or block until there is one. */
static _Noreturn void receive(struct env *me, uint64_t buffer, uint64_t capacity, uint64_t deadline)
{
    if (me->blocked && !me->mail) {
        refill(me);
        if (!me->mail) {
            if (!take_from_memory(me, buffer, capacity)) { /* try the next one */
                arguments(me, buffer, capacity, deadline);
                me->frame.rax = number_again(me, SYS_recv_timed), me->frame.rip -= 2;
            }
            resume(me);
        }
    }
    if (me->mail) {
        const struct message *m = &me->waiting[me->head];
        if (m->length > capacity)
            answer(me, FB_ESIZE);
        take_waiting(me, m);
        refill(me);
        resume(me);
    }
    if (deadline != EXO_FOREVER && deadline <= time_now())
        answer(me, FB_ETIMEOUT);
    if (me->pending) {
        arguments(me, buffer, capacity, deadline);
        upcall_first(me, SYS_recv_timed);
    }
    me->timed = deadline != EXO_FOREVER;
    if (me->timed)
        timer_set(&me->timer, me->cpu, deadline, expired);
    await(me, buffer, capacity);
    schedule();
}

/* Put the arguments of the blocked send back into the frame. Returns which system call it is. */
static uint64_t sending(struct env *env)
{
    struct trap_frame *f = &env->frame;

    f->rdi = env->out.dest, f->rdx = env->out.length;
    if (in_memory(env->out.length))
        f->rsi = env->out.buffer, f->r10 = env->out.capability, f->r8 = env->out.capacity;
    return env->out.call ? SYS_call : SYS_send;
}

/* Block until the receiver takes the message. */
static _Noreturn void block(struct env *me, struct env *to)
{
    if (me->pending)
        upcall_first(me, sending(me));
    trace(send, me, trace_number(to), me->out.length & EXO_LENGTH_MASK);
    me->state = ENV_SENDING;
    me->out.to = to;
    append(to, me);
    schedule();
}

/* Interrupt its send for an upcall: it gives up its turn and executes the call again. */
void ipc_send_again(struct env *env)
{
    ipc_step_back(env);
    env->frame.rax = number_again(env, sending(env)), env->frame.rip -= 2;
    make_ready(env);
}

/* After a message was put into a mailbox: do the second half of a call, or return to the sender. */
static _Noreturn void left(struct env *me)
{
    if (me->out.call)
        receive(me, me->out.buffer, me->out.capacity, EXO_FOREVER);
    answer(me, FB_OK);
}

/* After a message was delivered: run the receiver. In a call, the sender waits. */
static _Noreturn void delivered(struct env *me, struct env *to)
{
    if (!me->out.call)
        hand_over(me, to);
    make_ready(to);
    if (has_mail(me) || me->pending || to->cpu != me->cpu)
        left(me);
    await(me, me->out.buffer, me->out.capacity);
    switch_to(to);
}

/* Send a message in registers. */
static _Noreturn void send_words(struct env *me, struct env *to, const struct message *m, bool wait)
{
    if (to->state == ENV_RECEIVING && to->recv_capacity < m->length)
        wake(to, FB_ESIZE);
    if (to->state == ENV_RECEIVING) {
        trace(send, me, trace_number(to), m->length);
        trace(receive, to, m->sender, m->length);
        deliver(to, m->sender, m->length, m->word, 0);
        delivered(me, to);
    }
    if (!to->blocked && to->mail < EXO_MAILBOX_SLOTS) {
        trace(send, me, trace_number(to), m->length);
        enqueue(to, m);
        left(me);
    }
    if (!wait || to == me)
        answer(me, FB_EFULL);
    me->frame.rsi = m->word[0], me->frame.r10 = m->word[1];
    me->frame.r8 = m->word[2], me->frame.r9 = m->word[3];
    me->out.length = m->length;
    block(me, to);
}

/* Send a message in memory: copy it into the waiting receiver's buffer, or block. */
static _Noreturn void send_memory(struct env *me, struct env *to, uint64_t length, bool wait)
{
    if (to->state == ENV_RECEIVING && to->recv_capacity < length)
        wake(to, FB_ESIZE);
    if (to->state == ENV_RECEIVING) {
        uint64_t word[4] = { 0 };
        int64_t capability = 0;
        int64_t error = length > EXO_REGISTER_BYTES
                            ? space_copy(to, to->recv_buffer, me->out.buffer, length, true)
                            : user_copy(word, (const void *)me->out.buffer, length);
        if (!error && me->out.capability) {
            capability = cap_grant(me, me->out.capability, to, EXO_RIGHTS_ALL);
            error = capability < 0 ? capability : 0;
        }
        if (error && error != FB_EAGAIN)
            answer(me, error);
        if (!error) {
            trace(send, me, trace_number(to), length);
            trace(receive, to, me->number, length);
            deliver(to, me->number, length, word, (uint64_t)capability);
            delivered(me, to);
        }
        wake(to, FB_EADDRESS); /* its buffer is bad: the message waits for another receive */
    }
    if (!wait || to == me)
        answer(me, FB_EFULL);
    me->out.length = length | EXO_MEMORY;
    block(me, to);
}

/* exo_send; and exo_call, which then waits for the next message. */
static _Noreturn void send(cap_id_t dest, uint64_t w0, uint64_t length, uint64_t w1, uint64_t w2,
                           uint64_t w3, bool call)
{
    struct env *me = current_env(), *to;
    const bool wait = !(length & EXO_NOWAIT);
    const bool memory = length & EXO_MEMORY || (length & EXO_LENGTH_MASK) > EXO_REGISTER_BYTES;
    const uint64_t bytes = length & ~(EXO_MEMORY | EXO_NOWAIT);

    kernel_lock();
    const int64_t error = env_named(me, dest, EXO_RIGHT_W, &to);
    if (error)
        answer(me, error);
    if (bytes > EXO_MESSAGE_MAX)
        answer(me, FB_EINVALID);
    me->out.call = call;
    me->out.capacity = memory ? w2 : EXO_REGISTER_BYTES;
    me->out.buffer = w0, me->out.dest = dest;
    if (!memory)
        send_words(me, to, clear_rest(&(struct message){ bytes, me->number, { w0, w1, w2, w3 } }),
                   wait);
    if (!in_user(w0, bytes) || (call && !in_user(w0, w2)))
        answer(me, FB_EADDRESS);
    me->out.capability = w1;
    send_memory(me, to, bytes, wait);
}

_Noreturn void sys_send(cap_id_t dest, uint64_t w0, uint64_t length, uint64_t w1, uint64_t w2,
                        uint64_t w3)
{
    send(dest, w0, length, w1, w2, w3, false);
}

_Noreturn void sys_call(cap_id_t dest, uint64_t w0, uint64_t length, uint64_t w1, uint64_t w2,
                        uint64_t w3)
{
    send(dest, w0, length, w1, w2, w3, true);
}

/* Send words to a receiver that message.S has found; frame.rdi names it. The length has
 * EXO_MEMORY set for a call. The lock is held. */
_Noreturn void words_found(struct env *to, uint64_t w0, uint64_t length, uint64_t w1, uint64_t w2,
                           uint64_t w3)
{
    struct env *me = current_env();
    const struct message m = { length & EXO_LENGTH_MASK, me->number, { w0, w1, w2, w3 } };

    me->out.call = length & EXO_MEMORY;
    me->out.dest = me->frame.rdi, me->out.capacity = EXO_REGISTER_BYTES;
    send_words(me, to, &m, true);
}

/* exo_recv_timed: a deadline that has passed polls. exo_recv waits forever. If words wait, the
 * buffer is not used, so it may be bad. */
_Noreturn void sys_recv_timed(cap_id_t mailbox, uint64_t buffer, uint64_t capacity,
                              uint64_t deadline)
{
    struct env *me = current_env(), *whose = me;

    kernel_lock();
    if (mailbox) {
        const int64_t error = env_named(me, mailbox, EXO_RIGHT_R, &whose);
        if (error || whose != me)
            answer(me, error ? error : FB_EDENIED);
    }
    if (capacity > EXO_REGISTER_BYTES && !in_user(buffer, capacity) && !me->mail)
        answer(me, FB_EADDRESS);
    receive(me, buffer, capacity, deadline);
}

/* An environment ends: fail the sends to its mailbox, as far as `left` allows. */
bool ipc_forget(struct env *env, int *left)
{
    FB_LOOP_INSIDE("8", for (; env->blocked && *left > 0; *left -= WAKE)) {
        struct env *s = env->senders.first;
        remove_first(env);
        sent(s, FB_ESTALE);
    }
    return !env->blocked;
}
