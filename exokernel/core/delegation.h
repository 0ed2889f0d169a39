/* SPDX-License-Identifier: MIT
 * Who may pass a capability on, and what falls when it is taken back?
 *
 * Every capability that was derived from another is remembered below it. The memory is one pair of
 * brackets for each capability, in a ring; what stands between a pair was derived from it:
 *
 *    A derived to B and C, B derived to D        ring:  ( ( ( ) ) ( ) )      A
 *                                                       A B D D B C C A     / \
 *    B alone taken back, O(1)                    ring:  ( ( ) ( ) )        B   C
 *    (D stays, now derived from A)                      A D D C C A        |
 *    A taken back with all below                 ring:  empty              D
 *
 * Linking and unlinking are therefore splices in constant time, in any order. To take back a whole
 * tree costs one splice for each descendant, without search or recursion.
 *
 * Links are by slot of the capability table and carry the identifier that they stand for. If a
 * capability goes by cap_table_remove or cap_table_dec, its brackets stay and are stale. They are
 * recognised by their identifier, and unlinked when they are met or their slot is used again.
 * Identifiers are never given out twice, so a stale bracket is never taken for a live one.
 *
 * The caller holds the lock of the table, which covers the links too. */
#ifndef CORE_DELEGATION_H
#define CORE_DELEGATION_H

#include <feuerbird/types.h>

#include "captable.h"
#include "lattice.h"

#define DELEGATION_NO_LIMIT UINT32_MAX

/* A bracket. Slot s of the table has number 2 s, which opens, and 2 s + 1, which closes. */
struct bracket {
    uint32_t next, prev;
    union {
        cap_id_t id;    /* opening bracket: the capability; 0: not linked */
        uint64_t level; /* closing bracket: the level that the capability may be used at */
    };
};

/* Called for each capability after it has gone, to unmap or report; must not call delegation_*. */
typedef void revoked_upcall(void *context, cap_id_t id, const struct cap_entry *entry);

struct delegation {
    struct cap_table *table;
    struct bracket *brackets; /* two for each slot of the table */
    revoked_upcall *revoked;  /* or NULL */
    void *context;
};

struct delegation_request {
    cap_id_t parent;
    uint32_t source, target; /* owners: who passes on, who receives */
    uint32_t mask;           /* the rights to pass on, at most */
    const struct domain_label *source_label, *target_label;
};

void delegation_init(struct delegation *delegation, struct cap_table *table,
                     struct bracket *brackets, revoked_upcall *revoked, void *context);
int delegate_capability(struct delegation *delegation, const struct delegation_request *request,
                        cap_id_t *child);
int delegation_level(const struct delegation *delegation, cap_id_t id, uint32_t *level);
int delegation_revoke(struct delegation *delegation, cap_id_t id);
int delegation_revoke_derived(struct delegation *delegation, cap_id_t id, uint32_t limit,
                              uint32_t *revoked);
int delegation_revoke_tree(struct delegation *delegation, cap_id_t id, uint32_t limit,
                           uint32_t *revoked);

#endif
