/* SPDX-License-Identifier: MIT
 * Capabilities across environments. Each environment has a table of its own; the tree of
 * derivations links their slots. When the first capability of a tree goes, what it stood for is
 * given back. The kernel lock is held. */
#include "env.h"
#include "memory.h"

#include <loopbound.h>

static inline struct cap_node *node_at(uint32_t reference)
{
    return &env_table[reference >> 16]->nodes[reference & CAP_INDEX_MASK];
}

/* Make a capability below `parent` (0: first of a tree). Its identifier, or FB_EFULL. O(1). */
int64_t cap_create(struct env *env, uint16_t type, uint32_t resource, uint32_t rights,
                   uint32_t parent)
{
    const cap_id_t id = cap_table_alloc(&env->caps, type, resource, rights, env->index);

    if (!id)
        return FB_EFULL;
    const uint32_t reference = env_reference(env, id);
    struct cap_node *node = &env->nodes[id & CAP_INDEX_MASK];
    *node = (struct cap_node){ .parent = parent };
    if (parent) {
        struct cap_node *above = node_at(parent);
        node->next = above->child;
        if (above->child)
            node_at(above->child)->prev = reference;
        above->child = reference;
        if (__builtin_expect(env_table[parent >> 16]->caps.slots[parent & CAP_INDEX_MASK].mark
                                 & (MARK_ROOT | MARK_BELOW),
                             0))
            return revoke_joined(env, id);
    }
    return (int64_t)id;
}

/* Give back what the first capability of a tree stood for. */
static void release(uint16_t type, uint32_t resource)
{
    if (type == CAP_PAGE)
        page_free(resource * PAGE_SIZE);
    else if (type == CAP_IRQ)
        line_release(resource);
    else if (type == CAP_IOPORT)
        ports_release(resource);
}

/* The maker's capability for an environment has gone, and with it all others but the environment's
 * own. If it has not started, nobody can start it any more: end it. */
static void orphan(const struct env *holder, uint32_t index)
{
    struct env *env = env_table[index];

    if (env != holder && env->state == ENV_NEW)
        env_end(env);
}

/* Remove a capability that has no descendants, and its mapping. O(1). */
void cap_delete(uint32_t reference)
{
    struct env *env = env_table[reference >> 16];
    struct cap_node *node = node_at(reference);
    struct cap_slot *slot = &env->caps.slots[reference & CAP_INDEX_MASK];
    const struct cap_entry entry = slot->entry;

    if (node->entry)
        space_unmap(env, reference & CAP_INDEX_MASK);
    if (node->prev)
        node_at(node->prev)->next = node->next;
    else if (node->parent)
        node_at(node->parent)->child = node->next;
    if (node->next)
        node_at(node->next)->prev = node->prev;
    slot->mark &= MARK_LINKED | MARK_NEXT; /* the slot may stay in the list of notices */
    if (entry.type == CAP_IRQ)
        line_forget(env, slot->id);
    cap_table_revoke(&env->caps, slot->id);
    if (!node->parent)
        release(entry.type, entry.resource);
    else if (entry.type == CAP_PROCESS && node->parent >> 16 == 0)
        orphan(env, entry.resource);
}

/* Take back all that was derived from a capability, leaves first. O(descendants). */
void cap_delete_derived(uint32_t reference)
{
    FB_LOOP_INSIDE("descendants + 1", for (uint32_t at = reference;;)) {
        while (node_at(at)->child)
            at = node_at(at)->child;
        if (at == reference)
            return;
        const uint32_t parent = node_at(at)->parent;
        cap_delete(at);
        at = parent;
    }
}

/* Derive a capability with at most these rights for an environment whose domain is not above that
 * of `from`. Its identifier there, or an error. O(1). */
int64_t cap_grant(struct env *from, cap_id_t id, struct env *to, uint32_t rights)
{
    const struct cap_slot *slot = env_open(from, id);

    if (!slot)
        return FB_ESTALE;
    if (!cap_has_rights(slot->entry.rights, EXO_RIGHT_DELEGATE))
        return FB_EDENIED;
    if (to->doomed)
        return FB_ESTALE;
    if (!lattice_leq(env_label(to), env_label(from)))
        return FB_EFLOW;
    return cap_create(to, slot->entry.type, slot->entry.resource, slot->entry.rights & rights,
                      env_reference(from, id));
}
