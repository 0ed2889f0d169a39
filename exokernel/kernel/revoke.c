/* SPDX-License-Identifier: MIT
 * Visible revocation. An environment asks for capabilities back that were derived from its own.
 * Each holder gets an upcall. What it has not given up by the deadline is taken by force, which
 * another upcall reports. The kernel lock is held.
 *
 * Notices cannot get lost. A slot that is asked back is in a list of its environment, linked by the
 * marks of slots, until its upcall is sent. A slot outlives its capability; if the capability was
 * given up meanwhile, the slot stays in the list without ASKED:
 *
 *    asked.first -> slot 7 (ASKED | LINKED | 3) -> slot 3 (LINKED) -> 0
 *
 * A capability that was taken by force has no slot. Its identifier waits in a ring; if that is
 * full, it is only counted. What is derived below a capability under revocation is asked back at
 * once. */
#include "env.h"
#include "memory.h"
#include "syscalls.h"

#include <loopbound.h>

_Static_assert(ENV_REQUESTS == 4, "loops over them");

static inline const struct cap_node *node_at(uint32_t reference)
{
    return &env_table[reference >> 16]->nodes[reference & CAP_INDEX_MASK];
}

static inline struct env *env_of(const struct request *r)
{
    return (struct env *)((uint64_t)r & -PAGE_SIZE); /* an environment is one page */
}

/* The revocation of this capability, else a free one, else NULL. */
static struct request *request_for(struct env *me, cap_id_t id)
{
    struct request *found = NULL;

    FB_LOOP_INSIDE("4",
                   for (struct request *r = me->requests; r < me->requests + ENV_REQUESTS; r++)) {
        if ((r->timer.place || r->work.link) && r->id == id)
            return r;
        if ((!r->timer.place && !r->work.link) || !env_open(me, r->id))
            found = r;
    }
    return found;
}

/* While a capability is asked back, `next` of its slot says by which revocation; if by several, by
 * the one with the earliest deadline. */
static inline struct request *asked_by(const struct cap_slot *slot)
{
    return &env_table[slot->next / ENV_REQUESTS]->requests[slot->next % ENV_REQUESTS];
}

/* Ask for this capability back, on behalf of a revocation. O(1). */
static void ask(struct env *holder, uint16_t index, const struct request *r)
{
    struct cap_slot *slots = holder->caps.slots;
    const bool linked = slots[index].mark & MARK_LINKED;

    if (!(slots[index].mark & MARK_BELOW) || r->timer.when <= asked_by(&slots[index])->timer.when)
        slots[index].next = env_of(r)->index * ENV_REQUESTS + (uint32_t)(r - env_of(r)->requests);
    slots[index].mark |= MARK_BELOW | MARK_ASKED | MARK_LINKED;
    if (linked)
        return;
    if (holder->asked.first)
        slots[holder->asked.last].mark |= index;
    else
        holder->asked.first = index;
    holder->asked.last = index;
}

/* A capability was derived below one under revocation: ask its holder for it. The upcall comes when
 * the holder next goes to ring 3, as it may be about to get a result. That is soon: it derived the
 * capability itself, or a message wakes it, or exo_grant interrupts it. Returns `id`. O(1). */
int64_t revoke_joined(struct env *holder, uint32_t parent, cap_id_t id)
{
    struct env *above = env_table[parent >> 16];
    const struct cap_slot *slot = &above->caps.slots[parent & CAP_INDEX_MASK];

    ask(holder, id & CAP_INDEX_MASK,
        slot->mark & MARK_BELOW ? asked_by(slot) : request_for(above, slot->id));
    holder->pending = true;
    return (int64_t)id;
}

/* Report to the holder that a capability is taken by force. O(1). */
void revoke_mourn(struct env *holder, cap_id_t id)
{
    if (holder->aborted.count == ENV_ABORTED)
        holder->aborted.lost++;
    else
        holder->aborted.id[(holder->aborted.head + holder->aborted.count++) % ENV_ABORTED] = id;
    upcall_wanted(holder);
}

/* What a step up the tree, and asking a holder, take of a step of work: cpu.h. */
enum { CLIMB = 10, ASK = 250 };

/* Ask the holders of descendants, as far as a step allows, from where the last one ended; or from
 * the beginning, if that capability has gone: then some are asked twice. False: there are more.
 * O(1). */
static bool ask_some(struct env *me, struct request *r)
{
    const uint32_t root = env_reference(me, r->id);
    const struct env *there = env_table[r->at >> 16];
    uint32_t at = r->at;
    bool up = r->up;

    if (!there || there->number != r->number
        || there->caps.slots[at & CAP_INDEX_MASK].id != r->at_id)
        at = root, up = false;
    for (int left = STEP; left > 0;) {
        if (!up && node_at(at)->child) {
            at = node_at(at)->child;
        } else if (at == root || !node_at(at)->parent) {
            return true;
        } else if (node_at(at)->next) {
            at = node_at(at)->next, up = false;
        } else {
            at = node_at(at)->parent, up = true;
            left -= CLIMB;
            continue;
        }
        struct env *holder = env_table[at >> 16];
        ask(holder, at & CAP_INDEX_MASK, r);
        upcall_wanted(holder);
        left -= ASK;
    }
    r->at = at, r->up = up;
    r->number = env_table[at >> 16]->number;
    r->at_id = env_table[at >> 16]->caps.slots[at & CAP_INDEX_MASK].id;
    return false;
}

/* Whether the environment has notices that were not sent. */
bool revoke_waits(const struct env *env)
{
    return env->asked.first || env->aborted.count || env->aborted.lost;
}

/* Send the first notice to its handler. False: there is no room, and the notice waits. */
bool revoke_upcall(struct env *env)
{
    if (env->asked.first) {
        struct cap_slot *slot = &env->caps.slots[env->asked.first];
        if (slot->mark & MARK_ASKED
            && !upcall_send(env, EXO_UPCALL_REVOKE, slot->id, asked_by(slot)->timer.when))
            return false;
        env->asked.first = slot->mark & MARK_NEXT;
        slot->mark &= ~(uint32_t)(MARK_NEXT | MARK_LINKED | MARK_ASKED);
    } else if (env->aborted.count) {
        if (!upcall_send(env, EXO_UPCALL_ABORT, env->aborted.id[env->aborted.head], 0))
            return false;
        env->aborted.head = (env->aborted.head + 1) % ENV_ABORTED;
        env->aborted.count--;
    } else if (env->aborted.lost) {
        if (!upcall_send(env, EXO_UPCALL_ABORT, 0, env->aborted.lost))
            return false;
        env->aborted.lost = 0;
    }
    return true;
}

/* The environment ends: cancel its revocations. */
void revoke_cancel(struct env *env)
{
    FB_LOOP_INSIDE("4",
                   for (struct request *r = env->requests; r < env->requests + ENV_REQUESTS; r++)) {
        timer_cancel(&r->timer);
        work_cancel(&r->work);
    }
}

/* Take by force some of what was not given up. */
static bool force_some(struct work *work)
{
    struct request *r = (struct request *)((char *)work - offsetof(struct request, work));
    struct env *env = env_of(r);
    int left = STEP;

    if (!env_open(env, r->id))
        return true;
    if (!cap_delete_derived(env_reference(env, r->id), true, &left))
        return false;
    env->caps.slots[r->id & CAP_INDEX_MASK].mark &= ~(uint32_t)(MARK_ROOT | MARK_CLOSED);
    r->asking = false;
    return true;
}

static void due(struct timer *timer)
{
    struct request *r = (struct request *)timer;

    work_add(timer->cpu, &r->work, force_some);
    timer->cpu->preempt |= PREEMPT_WORK;
}

/* Take back all that was derived from `id`: at once (0), or what is left of it at `deadline`. A
 * later call for the same capability replaces the deadline, until it has passed. */
int64_t sys_revoke(cap_id_t id, uint64_t deadline)
{
    struct env *me = current_env();
    int left = STEP;
    bool done = true;

    kernel_lock();
    struct cap_slot *slot = env_open(me, id);
    int64_t error = !slot || slot->mark & MARK_GOING                    ? FB_ESTALE
                    : cap_has_rights(slot->entry.rights, EXO_RIGHT_CTL) ? FB_OK
                                                                        : FB_EDENIED;
    struct request *r = error ? NULL : request_for(me, id);
    if (!error && !deadline) {
        if (r && r->id == id)
            timer_cancel(&r->timer), work_cancel(&r->work);
        done = cap_delete_derived(env_reference(me, id), false, &left);
        if (done)
            slot->mark &= ~(uint32_t)(MARK_ROOT | MARK_CLOSED);
    } else if (!error && !r) {
        error = FB_EFULL;
    } else if (!error && !(r->id == id && r->work.link)) {
        if (!r->asking || r->id != id || r->timer.when != deadline) {
            r->at = env_reference(me, id), r->at_id = id, r->number = me->number, r->up = false;
            r->id = id;
            work_cancel(&r->work); /* of a capability that has gone */
            slot->mark |= MARK_ROOT;
            timer_set(&r->timer, me->cpu, deadline, due);
        }
        done = ask_some(me, r);
        r->asking = !done;
    }
    kernel_unlock();
    return done ? error : call_again(SYS_revoke, id, deadline, 0, 0, 0);
}
