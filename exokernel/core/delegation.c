/* SPDX-License-Identifier: MIT
 * Derivation and revocation of capabilities. The brackets are drawn in delegation.h. */
#include "delegation.h"

#include <feuerbird/errors.h>
#include <feuerbird/rights.h>

_Static_assert(sizeof(struct derivation) == 32, "index by shift, two to a cache line");

static inline uint32_t bracket(uint32_t slot, enum derivation_side side)
{
    return 2 * slot + side;
}

static inline uint32_t *next_of(const struct delegation *delegation, uint32_t bracket)
{
    return &delegation->slots[bracket / 2].next[bracket % 2];
}

static inline uint32_t *prev_of(const struct delegation *delegation, uint32_t bracket)
{
    return &delegation->slots[bracket / 2].prev[bracket % 2];
}

static inline void join(const struct delegation *delegation, uint32_t left, uint32_t right)
{
    *next_of(delegation, left) = right;
    *prev_of(delegation, right) = left;
}

/* Takes the slot's brackets out of their ring; what stood between them moves up. O(1). */
static void unlink(const struct delegation *delegation, uint32_t slot)
{
    const uint32_t open = bracket(slot, DERIVATION_OPEN), close = bracket(slot, DERIVATION_CLOSE);

    if (delegation->slots[slot].id == 0)
        return;
    join(delegation, *prev_of(delegation, open), *next_of(delegation, open));
    join(delegation, *prev_of(delegation, close), *next_of(delegation, close));
    delegation->slots[slot].id = 0;
}

/* Gives the capability a ring of its own, unless it has its brackets already. O(1). */
static void link_root(const struct delegation *delegation, cap_id_t id, uint32_t level)
{
    const uint32_t slot = id & CAP_INDEX_MASK;
    const uint32_t open = bracket(slot, DERIVATION_OPEN), close = bracket(slot, DERIVATION_CLOSE);

    if (delegation->slots[slot].id == id)
        return;
    unlink(delegation, slot); /* of an earlier capability in this slot */
    join(delegation, open, close);
    join(delegation, close, open);
    delegation->slots[slot].id = id;
    delegation->slots[slot].level = level;
}

/* Puts a new capability as the first between the brackets of its parent, which has some. O(1). */
static void link_child(const struct delegation *delegation, cap_id_t parent, cap_id_t id,
                       uint32_t level)
{
    const uint32_t slot = id & CAP_INDEX_MASK;
    const uint32_t open = bracket(slot, DERIVATION_OPEN), close = bracket(slot, DERIVATION_CLOSE);
    const uint32_t above = bracket(parent & CAP_INDEX_MASK, DERIVATION_OPEN);

    unlink(delegation, slot);
    join(delegation, close, *next_of(delegation, above));
    join(delegation, open, close);
    join(delegation, above, open);
    delegation->slots[slot].id = id;
    delegation->slots[slot].level = level;
}

/* Whether the id is alive and its brackets are its own: then something may be derived from it. */
static inline bool linked(const struct delegation *delegation, cap_id_t id)
{
    const uint32_t slot = id & CAP_INDEX_MASK;

    return slot < delegation->table->capacity && id != 0 && delegation->slots[slot].id == id;
}

/* Takes back the capability, alive or not, that the slot's brackets stand for, and unlinks them.
 * Returns whether it was alive. O(1). */
static bool take_back(const struct delegation *delegation, cap_id_t id)
{
    struct cap_entry entry;
    const bool alive = cap_table_lookup(delegation->table, id, &entry) == FB_OK;

    if (linked(delegation, id))
        unlink(delegation, id & CAP_INDEX_MASK);
    if (!alive)
        return false;
    cap_table_revoke(delegation->table, id);
    if (delegation->revoked)
        delegation->revoked(delegation->context, id, &entry);
    return true;
}

/* Makes a memory without derivations. The caller hands in one slot for each of the table, for as
 * long as the table is used, and from now on revokes through here. O(N_caps), once. */
void delegation_init(struct delegation *delegation, struct cap_table *table,
                     struct derivation *slots, revoked_upcall *revoked, void *context)
{
    *delegation = (struct delegation){ table, slots, revoked, context };
    for (uint32_t i = 0; i < table->capacity; i++)
        slots[i] = (struct derivation){ .id = 0 };
}

/* Derives a capability for another owner: the parent's rights that the mask leaves, and the lower
 * of the parent's and the target's level. Sets *child, or returns, with nothing changed:
 * FB_ESTALE: no such parent; FB_EDENIED: it is not the source's, or has no DELEGATE right;
 * FB_EFLOW: not L(target) <= L(source); FB_EFULL: no free slot. O(1 + K), of which K in the label
 * comparison; with a scanning table allocator O(N_caps + K). */
int delegate_capability(struct delegation *delegation, const struct delegation_request *request,
                        cap_id_t *child)
{
    struct cap_entry parent;
    uint32_t level = request->target_label->level;

    if (cap_table_lookup(delegation->table, request->parent, &parent) != FB_OK)
        return FB_ESTALE;
    if (parent.owner != request->source || !cap_has_rights(parent.rights, EXO_RIGHT_DELEGATE))
        return FB_EDENIED;
    if (!lattice_leq(request->target_label, request->source_label))
        return FB_EFLOW;

    const cap_id_t id = cap_table_alloc(delegation->table, parent.type, parent.resource,
                                        parent.rights & request->mask, request->target);
    if (id == 0)
        return FB_EFULL;
    link_root(delegation, request->parent, request->source_label->level);
    if (level > delegation->slots[request->parent & CAP_INDEX_MASK].level)
        level = delegation->slots[request->parent & CAP_INDEX_MASK].level;
    link_child(delegation, request->parent, id, level);
    *child = id;
    return FB_OK;
}

/* Sets *level to that of a capability that was derived or derived from; FB_ESTALE when it is gone,
 * FB_EINVALID when it was never part of a derivation: then its owner's label counts. O(1). */
int delegation_level(const struct delegation *delegation, cap_id_t id, uint32_t *level)
{
    struct cap_entry entry;

    if (cap_table_lookup(delegation->table, id, &entry) != FB_OK)
        return FB_ESTALE;
    if (!linked(delegation, id))
        return FB_EINVALID;
    *level = delegation->slots[id & CAP_INDEX_MASK].level;
    return FB_OK;
}

/* Takes back this capability alone; what was derived from it is now derived from its parent, and
 * falls with that. 0 or FB_ESTALE. The caller has checked who asks. O(1). */
int delegation_revoke(struct delegation *delegation, cap_id_t id)
{
    return take_back(delegation, id) ? FB_OK : FB_ESTALE;
}

/* Takes back all that was derived from this capability, at any depth, but not itself. Adds to
 * *revoked. FB_ESTALE when it is gone; FB_EAGAIN when `limit` descendants were dealt with and some
 * are left: every state in between is consistent, so the caller may let others run and call again.
 * O(descendants), at most O(limit). */
int delegation_revoke_derived(struct delegation *delegation, cap_id_t id, uint32_t limit,
                              uint32_t *revoked)
{
    const uint32_t slot = id & CAP_INDEX_MASK;
    struct cap_entry entry;

    if (cap_table_lookup(delegation->table, id, &entry) != FB_OK)
        return FB_ESTALE;
    if (!linked(delegation, id))
        return FB_OK;
    for (;;) {
        const uint32_t first = *next_of(delegation, bracket(slot, DERIVATION_OPEN));

        if (first == bracket(slot, DERIVATION_CLOSE))
            return FB_OK;
        if (limit-- == 0)
            return FB_EAGAIN;
        *revoked += take_back(delegation, delegation->slots[first / 2].id);
    }
}

/* Takes back this capability and all that was derived from it; as delegation_revoke_derived.
 * The capability itself goes last, so that it still names the work after FB_EAGAIN. */
int delegation_revoke_tree(struct delegation *delegation, cap_id_t id, uint32_t limit,
                           uint32_t *revoked)
{
    const int status = delegation_revoke_derived(delegation, id, limit, revoked);

    if (status != FB_OK)
        return status;
    *revoked += take_back(delegation, id);
    return FB_OK;
}
