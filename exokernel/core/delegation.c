/* SPDX-License-Identifier: MIT
 * Derivation and revocation of capabilities. The brackets are drawn in delegation.h. */
#include "delegation.h"

#include <feuerbird/errors.h>
#include <feuerbird/rights.h>
#include <loopbound.h>

_Static_assert(sizeof(struct bracket) == 16, "index by shift, both of a slot in one cache line");

/* The bracket that opens or closes what was derived from a capability. O(1). */
static inline uint32_t opening(cap_id_t id) { return 2 * (uint32_t)(id & CAP_INDEX_MASK); }

static inline uint32_t closing(cap_id_t id) { return opening(id) + 1; }

static inline void join(struct bracket *brackets, uint32_t left, uint32_t right)
{
    brackets[left].next = right;
    brackets[right].prev = left;
}

/* Whether the brackets of the identifier's slot stand for this identifier. O(1). */
static inline bool linked(const struct delegation *delegation, cap_id_t id)
{
    return (id & CAP_INDEX_MASK) < delegation->table->capacity && id != 0
           && delegation->brackets[opening(id)].id == id;
}

/* Takes the brackets of a slot out of their ring, if they are in one; what stood between them
 * moves up. O(1). */
static void unlink(struct bracket *brackets, uint32_t open)
{
    const uint32_t close = open + 1;

    if (brackets[open].id == 0)
        return;
    join(brackets, brackets[open].prev, brackets[open].next);
    join(brackets, brackets[close].prev, brackets[close].next);
    brackets[open].id = 0;
}

/* Gives the capability a ring of its own, unless it has its brackets already. O(1). */
static void link_root(struct bracket *brackets, cap_id_t id, uint32_t level)
{
    const uint32_t open = opening(id), close = closing(id);

    if (brackets[open].id == id)
        return;
    unlink(brackets, open); /* of an earlier capability in this slot */
    join(brackets, open, close);
    join(brackets, close, open);
    brackets[open].id = id;
    brackets[close].level = level;
}

/* Puts a new capability as the first between the brackets of its parent, which has some. O(1). */
static void link_child(struct bracket *brackets, cap_id_t parent, cap_id_t id, uint32_t level)
{
    const uint32_t open = opening(id), close = closing(id), above = opening(parent);

    unlink(brackets, open);
    join(brackets, close, brackets[above].next);
    join(brackets, open, close);
    join(brackets, above, open);
    brackets[open].id = id;
    brackets[close].level = level;
}

/* Takes back the capability, alive or not, that the slot's brackets stand for, and unlinks them.
 * Returns whether it was alive. O(1). */
static bool take_back(const struct delegation *delegation, cap_id_t id)
{
    struct cap_entry entry;
    const bool alive = cap_table_lookup(delegation->table, id, &entry) == FB_OK;

    if (linked(delegation, id))
        unlink(delegation->brackets, opening(id));
    if (!alive)
        return false;
    cap_table_revoke(delegation->table, id);
    if (delegation->revoked)
        delegation->revoked(delegation->context, id, &entry);
    return true;
}

/* Begin without derivations. The caller provides two brackets for each slot of the table, and from
 * now on revokes only by functions of this file. O(N_caps), once. */
void delegation_init(struct delegation *delegation, struct cap_table *table,
                     struct bracket *brackets, revoked_upcall *revoked, void *context)
{
    *delegation = (struct delegation){ table, brackets, revoked, context };
    FB_LOOP("2*N_caps", for (uint32_t i = 0; i < 2 * table->capacity; i++))
        brackets[i] = (struct bracket){ .id = 0 };
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
    struct bracket *brackets = delegation->brackets;
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
    link_root(brackets, request->parent, request->source_label->level);
    if (level > brackets[closing(request->parent)].level)
        level = (uint32_t)brackets[closing(request->parent)].level;
    link_child(brackets, request->parent, id, level);
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
    *level = (uint32_t)delegation->brackets[closing(id)].level;
    return FB_OK;
}

/* Takes back this capability alone. What was derived from it counts as derived from its parent.
 * 0 or FB_ESTALE. The caller has checked the right to do so. O(1). */
int delegation_revoke(struct delegation *delegation, cap_id_t id)
{
    return take_back(delegation, id) ? FB_OK : FB_ESTALE;
}

/* Takes back all that was derived from this capability, at any depth, but not the capability
 * itself. Adds their number to *revoked. FB_ESTALE if the capability is gone; FB_EAGAIN if `limit`
 * of them went and some are left. Each state in between is consistent, so the caller may let others
 * run and call again. O(descendants), at most O(limit). */
int delegation_revoke_derived(struct delegation *delegation, cap_id_t id, uint32_t limit,
                              uint32_t *revoked)
{
    struct cap_entry entry;

    if (cap_table_lookup(delegation->table, id, &entry) != FB_OK)
        return FB_ESTALE;
    if (!linked(delegation, id))
        return FB_OK;
    FB_LOOP("descendants + 1", for (;;)) {
        const uint32_t first = delegation->brackets[opening(id)].next;

        if (first == closing(id))
            return FB_OK;
        if (limit-- == 0)
            return FB_EAGAIN;
        *revoked += take_back(delegation, delegation->brackets[first].id);
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
