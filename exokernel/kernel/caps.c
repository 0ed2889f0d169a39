/* SPDX-License-Identifier: MIT
 * Capabilities across environments. Each environment has a table of its own; the tree of
 * derivations links their slots. When the first capability of a tree goes, what it stood for is
 * given back. The kernel lock is held.
 *
 * What was derived from a capability is taken back in steps. Progress is in the tree alone:
 *
 *    root -> a -> c        first the children of the root's first child become the root's own:
 *      '---> b             a is GOING, so it gets no more   root -> c, a, b
 *                          then the root's first child has none, and goes:   root -> a, b
 *
 * So each descendant moves once and goes once, however deep it was, and between two steps the tree
 * is a tree, and whoever holds one of its capabilities loses it when its turn comes. */
#include "account.h"
#include "memory.h"
#include "pci.h"
#include "trace.h"

#include <loopbound.h>

/* What moving, removing, unmapping or reporting a capability takes of a step: cpu.h. */
enum { MOVE = 30, DELETE = 130, UNMAP = 100, TELL = 250 };

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
    trace(cap_new, env, id, (uint64_t)type << 32 | resource);
    const uint32_t reference = env_reference(env, id);
    struct cap_node *node = &env->nodes[id & CAP_INDEX_MASK];
    *node = (struct cap_node){ .parent = parent };
    if (parent) {
        struct cap_node *above = node_at(parent);
        node->next = above->child;
        if (above->child)
            node_at(above->child)->prev = reference;
        above->child = reference;
        const uint32_t mark = env_table[parent >> 16]->caps.slots[parent & CAP_INDEX_MASK].mark;
        if (__builtin_expect(mark & MARK_ANY, 0)) {
            if (!(mark & (MARK_CLOSED | MARK_GOING)))
                return revoke_joined(env, parent, id);
            cap_delete(reference);
            return mark & MARK_GOING ? FB_ESTALE : FB_EBUSY;
        }
    }
    return (int64_t)id;
}

/* Give back what the first capability of a tree stood for, which this environment held. */
static void release(struct env *env, uint16_t type, uint32_t resource)
{
    if (type == CAP_PAGE)
        trace(page_free, env, resource * PAGE_SIZE, 0);
    if (type == CAP_PAGE)
        account_free_page(env, resource * PAGE_SIZE);
    else if (type == CAP_IRQ)
        line_release(resource);
    else if ((uint8_t)type == CAP_IOPORT) { /* or PCI's low byte: one comparison for both */
        if (type == CAP_PCI)
            pci_release(resource);
        else
            ports_release(resource);
    }
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
    const uint32_t before = node->prev;

    trace(cap_end, env, slot->id, (uint64_t)entry.type << 32 | entry.resource);
    if (node->entry)
        space_unmap(env, reference & CAP_INDEX_MASK);
    if (before)
        node_at(before)->next = node->next, node->prev = 0;
    else if (node->parent)
        node_at(node->parent)->child = node->next;
    if (node->next)
        node_at(node->next)->prev = before;
    slot->mark &= MARK_LINKED | MARK_NEXT; /* the slot may stay in the list of notices */
    if ((uint8_t)entry.type == CAP_IRQ) {  /* MAPPING's low byte, too: one comparison for both */
        if (entry.type == CAP_MAPPING)
            dma_forget(node);
        else
            line_forget(env, slot->id);
    }
    cap_table_revoke(&env->caps, slot->id);
    if (!node->parent)
        release(env, entry.type, entry.resource);
    else if (entry.type == CAP_PROCESS && node->parent >> 16 == 0)
        orphan(env, entry.resource);
}

static inline struct cap_slot *slot_at(uint32_t reference)
{
    return &env_table[reference >> 16]->caps.slots[reference & CAP_INDEX_MASK];
}

/* Make the first child of `from` the first child of `root`, whose first child `from` is. O(1). */
static void move_up(uint32_t root, uint32_t from)
{
    const uint32_t child = node_at(from)->child;
    struct cap_node *node = node_at(child);

    slot_at(from)->mark |= MARK_GOING;
    node_at(from)->child = node->next;
    if (node->next)
        node_at(node->next)->prev = 0;
    node->parent = root, node->prev = 0, node->next = from;
    node_at(from)->prev = child;
    node_at(root)->child = child;
}

/* Take back what was derived from a capability, as far as `left` allows; with `tell`, report each
 * to its holder. False: there is more, and the capability is CLOSED; its owner opens it. O(1). */
bool cap_delete_derived(uint32_t reference, bool tell, int *left)
{
    const struct cap_node *root = node_at(reference);
    int rest = *left;

    for (uint32_t first; (first = root->child);) {
        const struct cap_node *node = node_at(first);
        if (rest <= 0) {
            slot_at(reference)->mark |= MARK_CLOSED;
            return false;
        }
        if (node->child) {
            move_up(reference, first);
            rest -= MOVE;
            continue;
        }
        rest -= DELETE;
        if (__builtin_expect(node->entry || tell, 0)) {
            rest -= (node->entry ? UNMAP : 0) + (tell ? TELL : 0);
            if (tell)
                revoke_mourn(env_table[first >> 16], slot_at(first)->id);
        }
        cap_delete(first);
    }
    *left = rest;
    return true;
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

/* Store a reference in two parts, and a word of eight bytes: what costs least. */
static inline void refer(uint32_t *reference, uint64_t env, uint64_t slot)
{
    __builtin_memcpy(reference, &(uint16_t){ (uint16_t)slot }, 2);
    __builtin_memcpy((char *)reference + 2, &(uint16_t){ (uint16_t)env }, 2);
}

static inline void store(void *to, uint64_t value) { __builtin_memcpy(to, &value, 8); }

/* The node of a free slot has no child, no prev and no entry, and the slot has its owner already.
 *
 * Derive capabilities in place of these identifiers, as cap_grant does, up to the first one that is
 * not plain: it cannot be derived from, or is being revoked. Returns how many. O(count). */
uint64_t cap_grant_plain(struct env *from, cap_id_t *id, uint64_t count, struct env *to,
                         uint32_t rights)
{
    struct cap_slot *const mine = from->caps.slots;
    const uint32_t capacity = from->caps.capacity;
    const uint64_t source = from->index << 16, owner = to->index;
    struct cap_table table = to->caps; /* in registers */
    const uint64_t room = table.capacity - 1 - table.used - table.retired;
    cap_id_t *at = id, *const end = id + (count < room ? count : room);

    if (to->doomed || !lattice_leq(env_label(to), env_label(from)))
        return 0;
    FB_LOOP_INSIDE("count", for (; at != end; at++)) {
        const cap_id_t old = *at;
        const uint64_t index = old & CAP_INDEX_MASK;
        if (index >= capacity)
            break;
        struct cap_slot *parent = &mine[index];
        const uint32_t had = parent->entry.rights;
        if (parent->id != old || !cap_has_rights(had, EXO_RIGHT_DELEGATE)
            || parent->mark & MARK_ANY)
            break;
        const uint64_t place = cap_find(&table, 1);
        struct cap_slot *slot = &table.slots[place];
        struct cap_node *node = NODE_OF(slot), *above = NODE_OF(parent);
        const uint32_t child = above->child;
        uint64_t what;
        __builtin_memcpy(&what, &parent->entry, 8);
        store(&slot->entry, what);
        slot->entry.rights = had & rights;
        *at = slot->id |= place;
        trace(cap_new, to, *at, (uint64_t)slot->entry.type << 32 | slot->entry.resource);
        refer(&above->child, owner, place);
        node->parent = (uint32_t)(index | source);
        node->next = child;
        if (child)
            refer(&node_at(child)->prev, owner, place);
        cap_taken(&table, slot);
    }
    to->caps.free_head = table.free_head;
    to->caps.used += (uint32_t)(at - id);
    return (uint64_t)(at - id);
}
