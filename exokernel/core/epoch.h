/* SPDX-License-Identifier: MIT
 * How far has each domain of a hierarchy come, and who has heard of it?
 *
 * Domains form a tree. Each has an epoch, which only grows, and remembers the last epoch that it
 * has seen of each other one. To synchronise is to learn: the receiver takes over the higher of
 * what both have seen, and reaches at least the giver's epoch. A cascade passes what a domain
 * knows down to everyone below it, parents before children.
 *
 * The tree is one list in preorder, with depths: a subtree is a stretch of it.
 *
 *        root            list   root  a  a1  a2  b
 *        /  \            depth   0    1   2   2  1
 *       a    b
 *      / \               below a: from a on while the depth is more than 1
 *     a1  a2
 *
 * Invariants: seen[self] is the domain's own epoch, and no domain has seen an epoch that the other
 * has not reached. An epoch belongs to its slot, and goes on growing under the slot's next domain.
 */
#ifndef CORE_EPOCH_H
#define CORE_EPOCH_H

#include <feuerbird/types.h>

#define EPOCH_MAX_DOMAINS 4096u
#define EPOCH_NONE UINT32_MAX

struct epoch_domain {
    uint64_t *seen;      /* N_dom epochs, its own among them; NULL: no such domain */
    uint64_t last;       /* the epoch at which an earlier domain left this slot */
    uint32_t next, prev; /* preorder; EPOCH_NONE at the ends */
    uint32_t depth, parent;
};

struct epoch_tree {
    struct epoch_domain *domains; /* n slots */
    uint32_t n;
    uint32_t root; /* or EPOCH_NONE */
};

int epoch_init(struct epoch_tree *tree, struct epoch_domain *domains, uint32_t n);
int epoch_add(struct epoch_tree *tree, uint32_t domain, uint32_t parent, uint64_t *seen);
int epoch_remove(struct epoch_tree *tree, uint32_t domain);
int epoch_get(const struct epoch_tree *tree, uint32_t domain, uint64_t *epoch);
int epoch_seen(const struct epoch_tree *tree, uint32_t domain, uint32_t other, uint64_t *epoch);
int epoch_advance(struct epoch_tree *tree, uint32_t domain);
int epoch_sync(struct epoch_tree *tree, uint32_t from, uint32_t to);
int epoch_cascade(struct epoch_tree *tree, uint32_t domain, uint32_t *reached);

#endif
