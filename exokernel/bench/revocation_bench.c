/* SPDX-License-Identifier: MIT
 * Benchmarks of the revocation of a capability with all that was derived from it, over the number
 * of descendants. Hot caches, ring 0. Each repetition works on a fresh copy of table and
 * derivations.
 *
 *   slot   1: an ancestor   2: what is revoked   3: its sibling   4 ..: the descendants of 2
 *
 *   chain    each derived from the one before       random   each from any earlier one
 *
 * Expected: a + b descendants, whatever the shape. */
#include "bench.h"

#include "delegation.h"

#include <feuerbird/errors.h>
#include <feuerbird/rights.h>

enum { OWNER = 1, ANCESTOR = 1, ROOT, SIBLING, FIRST };

/* A table and its derivations, in one piece of memory. */
struct state {
    struct cap_table table;
    struct delegation delegation;
    uint64_t *words; /* slots, then brackets */
    uint64_t count;
};

static struct state now, before; /* `before` keeps the words, and the numbers beside them */
static cap_id_t *ids;            /* by slot */
static uint32_t slots;

static bool derive(uint32_t parent, uint32_t slot, struct domain_label *label)
{
    const struct delegation_request request = {
        ids[parent], OWNER, OWNER, EXO_RIGHTS_ALL, label, label,
    };

    return delegate_capability(&now.delegation, &request, &ids[slot]) == FB_OK
           && (ids[slot] & CAP_INDEX_MASK) == slot;
}

static void copy(uint64_t *to, const uint64_t *from, uint64_t words)
{
    while (words--)
        *to++ = *from++;
}

static bool set_up(struct fp_run *run, bool chain)
{
    const uint64_t per_slot = (sizeof(struct cap_slot) + 2 * sizeof(struct bracket)) / 8;
    struct domain_label *label;
    bool good;

    arena_reset();
    slots = FIRST + (uint32_t)run->entry->params[0];
    now.count = before.count = slots * per_slot;
    now.words = arena_take(run, now.count * 8);
    before.words = arena_take(run, now.count * 8);
    ids = arena_take(run, slots * sizeof *ids);
    label = arena_take(run, label_bytes(1));
    if (run->status)
        return false;
    label_init(label, LEVEL_STANDARD, 1);
    cap_table_init(&now.table, (struct cap_slot *)now.words, slots);
    delegation_init(&now.delegation, &now.table,
                    (struct bracket *)((struct cap_slot *)now.words + slots), NULL, NULL);
    ids[ANCESTOR] = cap_table_alloc(&now.table, CAP_PAGE, 1, EXO_RIGHTS_ALL, OWNER);
    good = derive(ANCESTOR, ROOT, label) && derive(ANCESTOR, SIBLING, label);
    for (uint32_t i = FIRST; i < slots && good; i++) {
        const uint32_t any = (uint32_t)fp_random(run, i - FIRST + 1);
        good = derive(chain && i > FIRST ? i - 1 : any ? FIRST + any - 1 : ROOT, i, label);
    }
    if (!good)
        fp_give_up(run, FP_NO_MEMORY, "the table has no room for the descendants");
    before.table = now.table;
    copy(before.words, now.words, now.count);
    return good;
}

static bool is(cap_id_t id, int status)
{
    struct cap_entry entry;

    return cap_table_lookup(&now.table, id, &entry) == status;
}

static void run_revoke(struct fp_run *run, bool chain)
{
    if (!bench_is_single(run) || !set_up(run, chain))
        return;
    while (fp_next(run)) {
        uint32_t fallen = 0, stale = 0;
        int status = 0;

        FP_TIMED(run, i, status, delegation_revoke_tree, &now.delegation, ids[ROOT],
                 DELEGATION_NO_LIMIT, &fallen);
        if (run->twin)
            continue;
        for (uint32_t i = FIRST; i < slots; i++)
            stale += is(ids[i], FB_ESTALE);
        fp_check(run,
                 status == FB_OK && is(ids[ROOT], FB_ESTALE) && stale == slots - FIRST
                     && fallen == stale + 1,
                 "a descendant is still good");
        fp_check(run, is(ids[ANCESTOR], FB_OK) && is(ids[SIBLING], FB_OK) && now.table.used == 2,
                 "somebody else's capability fell too");
        now.table = before.table;
        copy(now.words, before.words, now.count);
    }
}

void bench_revoke_chain(struct fp_run *run) { run_revoke(run, true); }
void bench_revoke_random_tree(struct fp_run *run) { run_revoke(run, false); }
