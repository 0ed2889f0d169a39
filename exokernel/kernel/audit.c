/* SPDX-License-Identifier: MIT
 * Consistency checks for tests and fuzzer: derivations, mappings, rings and mailboxes of all
 * environments, and the kernel's own page tables. The kernel lock is held. */
#include "env.h"
#include "memory.h"
#include "paging.h"

/* The live slot that a reference names, and its node; NULL if there is none. */
static const struct cap_slot *slot_at(uint32_t reference, const struct cap_node **node)
{
    const uint32_t index = reference & CAP_INDEX_MASK;
    const struct env *env = reference >> 16 < ENV_LIMIT ? env_table[reference >> 16] : NULL;

    if (!env || index >= env->caps.capacity
        || (env->caps.slots[index].id & CAP_INDEX_MASK) != index)
        return NULL;
    *node = &env->nodes[index];
    return &env->caps.slots[index];
}

/* Check that the neighbours link back, the parent has all rights, and the mapping is right. */
static const char *audit_slot(uint32_t reference)
{
    const struct cap_node *node, *other;
    const struct cap_slot *slot = slot_at(reference, &node), *near;

    if (node->parent) {
        near = slot_at(node->parent, &other);
        if (!near || near->entry.type != slot->entry.type
            || near->entry.resource != slot->entry.resource
            || !cap_has_rights(near->entry.rights, slot->entry.rights))
            return "a capability exceeds what it was derived from";
        if (!node->prev && other->child != reference)
            return "a parent does not know its first child";
    }
    if (node->child && (!slot_at(node->child, &other) || other->parent != reference))
        return "a child has another parent";
    if (node->next && (!slot_at(node->next, &other) || other->prev != reference))
        return "a list of siblings is broken";
    if (node->entry
        && (slot->entry.type != CAP_PAGE
            || (*node->entry & ADDRESS) != slot->entry.resource * PAGE_SIZE
            || (*node->entry & WRITE && !(slot->entry.rights & EXO_RIGHT_W))))
        return "a mapping is not what its capability says";
    return NULL;
}

static const char *audit_env(const struct env *env)
{
    uint32_t used = 0, senders = 0;

    for (uint32_t i = 1; i < env->caps.capacity; i++) {
        if ((env->caps.slots[i].id & CAP_INDEX_MASK) != i)
            continue;
        used++;
        const char *broken = audit_slot(env->index << 16 | i);
        if (broken)
            return broken;
    }
    if (used != env->caps.used)
        return "a table does not know how many capabilities it has";
    for (const struct env *s = env->senders.first; s; s = s->out.next, senders++)
        if (s->state != ENV_SENDING || s->out.to != env || senders > ENV_LIMIT)
            return "a mailbox has a sender that does not wait";
    if (env->blocked != (senders != 0) || env->mail > EXO_MAILBOX_SLOTS
        || env->head >= EXO_MAILBOX_SLOTS || (!env->mail && env->head))
        return "a mailbox does not know how much mail it has";
    if (env->state == ENV_RECEIVING && (env->mail || env->blocked))
        return "a receiver sleeps over its mail";
    if (env->state == ENV_READY && !env->queued)
        return "a ready environment is in no ring";
    if (env->state != ENV_RECEIVING && env->timed)
        return "who does not receive has a deadline for it";
    if (env->queued && (env->next->prev != env || env->prev->next != env))
        return "a ring is broken";
    return NULL;
}

/* The first inconsistency, in words, or NULL. O(everything). */
const char *audit(void)
{
    const char *tables = paging_audit();

    if (tables)
        return tables;
    for (uint32_t i = 0; i < ENV_LIMIT; i++) {
        const char *broken = env_table[i] ? audit_env(env_table[i]) : NULL;
        if (broken)
            return broken;
    }
    return NULL;
}
