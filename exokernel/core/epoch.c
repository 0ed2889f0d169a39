/* SPDX-License-Identifier: MIT */
#include "epoch.h"

#include <feuerbird/errors.h>
#include <loopbound.h>

static inline bool exists(const struct epoch_tree *tree, uint32_t domain)
{
    return domain < tree->n && tree->domains[domain].seen != NULL;
}

/* Makes a hierarchy without domains over n slots, which the caller hands in; FB_EINVALID for n
 * out of range. O(N_dom). */
int epoch_init(struct epoch_tree *tree, struct epoch_domain *domains, uint32_t n)
{
    if (n == 0 || n > EPOCH_MAX_DOMAINS)
        return FB_EINVALID;
    *tree = (struct epoch_tree){ .domains = domains, .n = n, .root = EPOCH_NONE };
    FB_LOOP("N_dom", for (uint32_t i = 0; i < n; i++))
        domains[i] = (struct epoch_domain){ .seen = NULL };
    return FB_OK;
}

/* Adds a domain as the first child of its parent, or as the root: parent EPOCH_NONE. The caller
 * hands in n words for what it sees, until it is removed. FB_EINVALID: no such slot or parent;
 * FB_EEXISTS: the slot is taken, or there is a root already. O(N_dom), to clear what it sees. */
int epoch_add(struct epoch_tree *tree, uint32_t domain, uint32_t parent, uint64_t *seen)
{
    struct epoch_domain *slot;

    if (domain >= tree->n || seen == NULL || (parent != EPOCH_NONE && !exists(tree, parent)))
        return FB_EINVALID;
    slot = &tree->domains[domain];
    if (slot->seen != NULL || (parent == EPOCH_NONE && tree->root != EPOCH_NONE))
        return FB_EEXISTS;
    slot->seen = seen;
    slot->parent = slot->prev = parent;
    if (parent == EPOCH_NONE) {
        tree->root = domain;
        slot->depth = 0;
        slot->next = EPOCH_NONE;
    } else {
        slot->depth = tree->domains[parent].depth + 1;
        slot->next = tree->domains[parent].next;
        tree->domains[parent].next = domain;
    }
    if (slot->next != EPOCH_NONE)
        tree->domains[slot->next].prev = domain;
    FB_LOOP_INSIDE("N_dom", for (uint32_t i = 0; i < tree->n; i++))
        seen[i] = 0;
    seen[domain] = slot->last;
    return FB_OK;
}

/* Removes a domain without children; its words are the caller's again. FB_EINVALID: no such
 * domain; FB_EBUSY: it has children. O(1). */
int epoch_remove(struct epoch_tree *tree, uint32_t domain)
{
    struct epoch_domain *slot;

    if (!exists(tree, domain))
        return FB_EINVALID;
    slot = &tree->domains[domain];
    if (slot->next != EPOCH_NONE && tree->domains[slot->next].parent == domain)
        return FB_EBUSY;
    if (slot->prev != EPOCH_NONE)
        tree->domains[slot->prev].next = slot->next;
    else
        tree->root = EPOCH_NONE;
    if (slot->next != EPOCH_NONE)
        tree->domains[slot->next].prev = slot->prev;
    slot->last = slot->seen[domain];
    slot->seen = NULL;
    return FB_OK;
}

/* Sets *epoch to the domain's own; FB_EINVALID when there is no such domain. O(1). */
int epoch_get(const struct epoch_tree *tree, uint32_t domain, uint64_t *epoch)
{
    return epoch_seen(tree, domain, domain, epoch);
}

/* Sets *epoch to the last of `other` that the domain has seen; FB_EINVALID when there is no such
 * domain, or no such slot. O(1). */
int epoch_seen(const struct epoch_tree *tree, uint32_t domain, uint32_t other, uint64_t *epoch)
{
    if (!exists(tree, domain) || other >= tree->n)
        return FB_EINVALID;
    *epoch = tree->domains[domain].seen[other];
    return FB_OK;
}

/* Enters the domain's next epoch. FB_EINVALID: no such domain; FB_EOVERFLOW, unchanged: it is in
 * the last one. O(1). */
int epoch_advance(struct epoch_tree *tree, uint32_t domain)
{
    uint64_t *own;

    if (!exists(tree, domain))
        return FB_EINVALID;
    own = &tree->domains[domain].seen[domain];
    if (*own == UINT64_MAX)
        return FB_EOVERFLOW;
    ++*own;
    return FB_OK;
}

/* Lets `to` learn what `from` has seen, and reach its epoch. One step for each slot. O(N_dom). */
static void learn(struct epoch_tree *tree, uint32_t from, uint32_t to)
{
    const uint64_t *given = tree->domains[from].seen;
    uint64_t *known = tree->domains[to].seen;
    const uint64_t epoch = given[from];

    const uint32_t n = tree->n;

    FB_LOOP("N_dom", for (uint32_t i = 0; i < n; i++)) {
        const uint64_t ours = known[i], theirs = given[i];

        known[i] = ours > theirs ? ours : theirs;
    }
    known[to] = known[to] > epoch ? known[to] : epoch;
}

/* Synchronises one domain with one other, wherever in the tree. FB_EINVALID: no such domain.
 * O(N_dom). */
int epoch_sync(struct epoch_tree *tree, uint32_t from, uint32_t to)
{
    if (!exists(tree, from) || !exists(tree, to))
        return FB_EINVALID;
    learn(tree, from, to);
    return FB_OK;
}

/* Synchronises everyone below a domain, each with its parent, parents first; so all M of them know
 * at least what the domain knows. Sets *reached to M. FB_EINVALID: no such domain. O(M N_dom). */
int epoch_cascade(struct epoch_tree *tree, uint32_t domain, uint32_t *reached)
{
    uint32_t at, depth;

    if (!exists(tree, domain))
        return FB_EINVALID;
    *reached = 0;
    depth = tree->domains[domain].depth;
    at = tree->domains[domain].next;
    FB_LOOP("M", while (at != EPOCH_NONE && tree->domains[at].depth > depth)) {
        learn(tree, tree->domains[at].parent, at);
        ++*reached;
        at = tree->domains[at].next;
    }
    return FB_OK;
}
