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

static void ask(struct env *holder, uint16_t index)
{
    struct cap_slot *slots = holder->caps.slots;

    const bool linked = slots[index].mark & MARK_LINKED;

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
int64_t revoke_joined(struct env *holder, cap_id_t id)
{
    ask(holder, id & CAP_INDEX_MASK);
    holder->pending = true;
    return (int64_t)id;
}

static void mourn(struct env *holder, cap_id_t id)
{
    if (holder->aborted.count == ENV_ABORTED)
        holder->aborted.lost++;
    else
        holder->aborted.id[(holder->aborted.head + holder->aborted.count++) % ENV_ABORTED] = id;
}

static inline const struct cap_node *node_at(uint32_t reference)
{
    return &env_table[reference >> 16]->nodes[reference & CAP_INDEX_MASK];
}

/* Ask the holders of all descendants, or report what was taken. O(descendants). */
static void tell(uint32_t reference, bool aborted)
{
    FB_LOOP_INSIDE("descendants + 1", for (uint32_t at = reference;;)) {
        if (node_at(at)->child) {
            at = node_at(at)->child;
        } else {
            FB_LOOP_INSIDE("depth", while (at != reference && !node_at(at)->next))
                at = node_at(at)->parent;
            if (at == reference)
                return;
            at = node_at(at)->next;
        }
        struct env *holder = env_table[at >> 16];
        const uint16_t index = at & CAP_INDEX_MASK;
        if (aborted)
            mourn(holder, holder->caps.slots[index].id);
        else
            ask(holder, index);
        upcall_wanted(holder);
    }
}

/* The earliest deadline of the revocations that a capability falls under. O(depth). */
static uint64_t deadline_of(uint32_t reference)
{
    uint64_t first = EXO_FOREVER;

    FB_LOOP_INSIDE("depth",
                   for (uint32_t at = node_at(reference)->parent; at; at = node_at(at)->parent)) {
        const struct env *env = env_table[at >> 16];
        if (!(env->caps.slots[at & CAP_INDEX_MASK].mark & MARK_ROOT))
            continue;
        FB_LOOP_INSIDE("requests", for (const struct request *r = env->requests;
                                        r < env->requests + ENV_REQUESTS; r++))
            if (r->timer.link && r->id == env->caps.slots[at & CAP_INDEX_MASK].id
                && r->timer.when < first)
                first = r->timer.when;
    }
    return first;
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
            && !upcall_send(env, EXO_UPCALL_REVOKE, slot->id,
                            deadline_of(env_reference(env, slot->id))))
            return false;
        env->asked.first = slot->mark & MARK_NEXT;
        slot->mark &= MARK_ROOT | MARK_BELOW;
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
    FB_LOOP_INSIDE("requests", for (uint32_t i = 0; i < ENV_REQUESTS; i++))
        timer_cancel(&env->requests[i].timer);
}

static void due(struct timer *timer)
{
    const struct request *r = (struct request *)timer;
    struct env *env = (struct env *)((uint64_t)r & -PAGE_SIZE); /* an environment is one page */

    if (!env_open(env, r->id))
        return;
    tell(env_reference(env, r->id), true);
    cap_delete_derived(env_reference(env, r->id));
    env->caps.slots[r->id & CAP_INDEX_MASK].mark &= ~(uint32_t)MARK_ROOT;
}

/* The revocation of this capability, else a free one, else NULL. */
static struct request *request_for(struct env *me, cap_id_t id)
{
    struct request *found = NULL;

    for (struct request *r = me->requests; r < me->requests + ENV_REQUESTS; r++) {
        if (r->timer.link && r->id == id)
            return r;
        if (!r->timer.link || !env_open(me, r->id))
            found = r;
    }
    return found;
}

/* Take back all that was derived from `id`: at once (0), or what is left of it at `deadline`. A
 * later call for the same capability replaces the deadline. */
int64_t sys_revoke(cap_id_t id, uint64_t deadline)
{
    struct env *me = current_env();

    kernel_lock();
    struct cap_slot *slot = env_open(me, id);
    int64_t error = !slot                                               ? FB_ESTALE
                    : cap_has_rights(slot->entry.rights, EXO_RIGHT_CTL) ? FB_OK
                                                                        : FB_EDENIED;
    struct request *r = error ? NULL : request_for(me, id);
    if (!error && !deadline) {
        if (r && r->id == id)
            timer_cancel(&r->timer);
        cap_delete_derived(env_reference(me, id));
        slot->mark &= ~(uint32_t)MARK_ROOT;
    } else if (!error && !r) {
        error = FB_EFULL;
    } else if (!error) {
        r->id = id;
        slot->mark |= MARK_ROOT;
        timer_set(&r->timer, me->cpu, deadline, due);
        tell(env_reference(me, id), false);
    }
    kernel_unlock();
    return error;
}
