/* SPDX-License-Identifier: MIT
 * Visible revocation: who derived a capability asks for it back, the holders are told by an upcall,
 * and what they have not given up by the deadline is taken by force. The kernel lock is held. */
#include "env.h"
#include "syscalls.h"

enum { REQUESTS = 32 };

/* A deadline under way: the capability by identifier, and its environment by number, since both
 * places may be used anew. */
static struct request {
    struct timer timer;
    uint32_t index;
    uint64_t number;
    cap_id_t id;
} requests[REQUESTS];

/* Tell the holders of what was derived directly. O(children). */
static void tell(uint32_t reference, uint64_t deadline, bool aborted)
{
    const struct cap_node *node = &env_table[reference >> 16]->nodes[reference & CAP_INDEX_MASK];

    for (uint32_t at = node->child; at;) {
        struct env *holder = env_table[at >> 16];
        const cap_id_t id = holder->caps.slots[at & CAP_INDEX_MASK].id;
        if (aborted)
            holder->aborted = id;
        else
            holder->asked = id, holder->asked_until = deadline;
        holder->pending = true;
        if (holder->cpu != this_cpu())
            apic_send(holder->cpu, VECTOR_WAKE);
        at = holder->nodes[at & CAP_INDEX_MASK].next;
    }
}

static void due(struct timer *timer)
{
    const struct request *r = (struct request *)timer;
    struct env *env = env_table[r->index];

    if (!env || env->number != r->number || !env_open(env, r->id))
        return;
    tell(env_reference(env, r->id), 0, true);
    cap_delete_derived(env_reference(env, r->id));
}

/* Take back all that was derived from `id`: at once, or what is left of it at `deadline`. */
int64_t sys_revoke(cap_id_t id, uint64_t deadline)
{
    struct env *me = current_env();

    kernel_lock();
    const struct cap_slot *slot = env_open(me, id);
    int64_t error = !slot ? FB_ESTALE
        : cap_has_rights(slot->entry.rights, EXO_RIGHT_CTL) ? FB_OK : FB_EDENIED;
    if (!error && !deadline)
        cap_delete_derived(env_reference(me, id));
    if (!error && deadline) {
        struct request *r = requests;
        while (r < requests + REQUESTS && r->timer.link)
            r++;
        if (r < requests + REQUESTS) {
            r->index = me->index, r->number = me->number, r->id = id;
            tell(env_reference(me, id), deadline, false);
            timer_set(&r->timer, me->cpu, deadline, due);
        } else {
            error = FB_EFULL;
        }
    }
    kernel_unlock();
    return error;
}
