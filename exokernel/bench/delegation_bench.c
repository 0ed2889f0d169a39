/* SPDX-License-Identifier: MIT
 * Benchmarks of delegation over N_caps and the number of categories K_max, and of the direct
 * revocation of a capability inside a derivation over N_caps. Hot caches, ring 0. N_caps includes
 * the new capability, as in captable_bench.c. The parent is a random one.
 *
 *   first    the parent was never delegated before: its brackets are made too
 *   again    it was
 *   stale    it was, and the free slot still has the brackets of one that was removed
 *
 * Expected: a + b ceil(K_max / 64); with CAP_ALLOC=scan, + c N_caps. */
#include "bench.h"

#include "delegation.h"

#include <feuerbird/errors.h>
#include <feuerbird/rights.h>

enum { OWNER = 1, RECEIVER = 2, RIGHTS = EXO_RIGHTS_ALL };

static struct cap_slot *slots;
static struct cap_table table;
static struct delegation delegation;
static cap_id_t *ids; /* by slot, without the free one */
static uint32_t parents;
static struct domain_label *source, *target;
static struct delegation_request request;

static struct domain_label *new_label(struct fp_run *run, uint32_t categories)
{
    struct domain_label *label = arena_take(run, label_bytes(categories));

    if (label)
        label_init(label, LEVEL_STANDARD, categories);
    return label;
}

/* Make a table of `capacity` usable slots with all but `spare` occupied. O(N_caps). */
static bool set_up(struct fp_run *run, uint32_t capacity, uint32_t spare, uint32_t categories)
{
    struct bracket *brackets;

    arena_reset();
    slots = arena_take(run, (capacity + 1ul) * sizeof *slots);
    brackets = arena_take(run, 2 * (capacity + 1ul) * sizeof *brackets);
    ids = arena_take(run, (capacity + 1ul) * sizeof *ids);
    source = new_label(run, categories), target = new_label(run, categories);
    if (run->status)
        return false;
    parents = capacity - spare;
    cap_table_init(&table, slots, capacity + 1);
    if (cap_table_fill(&table, parents, CAP_PAGE, 1, RIGHTS, OWNER, ids + 1) != parents) {
        fp_give_up(run, FP_NO_MEMORY, "the table has no room for N_caps entries");
        return false;
    }
    delegation_init(&delegation, &table, brackets, NULL, NULL);
    return true;
}

/* Draw labels in order, and the request of the parent's owner. A parent always has the same level,
 * since its first delegation fixes it. */
static void draw(struct fp_run *run, uint32_t parent)
{
    source->level = parent % DOMAIN_LEVELS;
    target->level = (uint32_t)fp_random(run, source->level + 1);
    for (uint32_t i = 0; i < source->words; i++) {
        const uint32_t rest = source->categories - 64 * i;
        const uint64_t bits = bench_bits(run);
        source->word[i] = rest < 64 ? bits & ((1ull << rest) - 1) : bits;
        target->word[i] = source->word[i] & bench_bits(run);
    }
    request = (struct delegation_request){
        ids[parent], OWNER, RECEIVER, (uint32_t)fp_random(run, RIGHTS + 1), source, target,
    };
}

/* Replace the parent by a new one in the same slot. */
static void renew(uint32_t parent)
{
    delegation_revoke(&delegation, ids[parent]);
    ids[parent] = cap_table_alloc(&table, CAP_PAGE, parent, RIGHTS, OWNER);
    request.parent = ids[parent];
}

/* Check the child's entry, and that three requests that are not allowed are refused. */
static void check(struct fp_run *run, uint32_t parent, cap_id_t child)
{
    struct delegation_request wrong = request;
    struct cap_entry entry = { 0 };
    uint32_t level = DOMAIN_LEVELS;
    cap_id_t none = 0;

    fp_check(run,
             cap_table_lookup(&table, child, &entry) == FB_OK && entry.owner == RECEIVER
                 && entry.resource == parent && entry.type == CAP_PAGE
                 && entry.rights == (RIGHTS & request.mask),
             "not the parent's rights that are left");
    fp_check(run, delegation_level(&delegation, child, &level) == FB_OK && level == target->level,
             "not the target's level");
    if ((request.mask & EXO_RIGHT_DELEGATE) == 0) {
        wrong.parent = child, wrong.source = RECEIVER;
        fp_check(run, delegate_capability(&delegation, &wrong, &none) == FB_EDENIED,
                 "passed on without the right");
    }
    wrong = request;
    wrong.source = RECEIVER;
    fp_check(run, delegate_capability(&delegation, &wrong, &none) == FB_EDENIED,
             "passed on by somebody else");
    target->level = source->level + 1;
    fp_check(run, delegate_capability(&delegation, &request, &none) == FB_EFLOW,
             "passed on to a domain that is not below");
}

static void run_delegate(struct fp_run *run, bool again, bool stale)
{
    if (!bench_is_single(run)
        || !set_up(run, (uint32_t)run->entry->params[0], 1, (uint32_t)run->entry->params[1]))
        return;
    while (fp_next(run)) {
        const uint32_t parent = 1 + (uint32_t)fp_random(run, parents);
        cap_id_t child = 0;
        int status = 0;

        draw(run, parent);
        if (!again)
            renew(parent);
        else if (delegate_capability(&delegation, &request, &child) == FB_OK)
            stale ? cap_table_remove(&table, child) : delegation_revoke(&delegation, child);
        child = 0;
        FP_TIMED(run, i, status, delegate_capability, &delegation, &request, &child);
        if (run->twin)
            continue;
        fp_check(run, status == FB_OK, "not delegated");
        check(run, parent, child);
        delegation_revoke(&delegation, child);
        fp_check(run, table.used == parents, "the child is not gone");
    }
}

/* Revoke a child that has a child: the grandchild stays, and falls with the parent. */
void bench_revoke_derived(struct fp_run *run)
{
    if (!bench_is_single(run) || !set_up(run, (uint32_t)run->entry->params[0], 2, 1))
        return;
    while (fp_next(run)) {
        const uint32_t parent = 1 + (uint32_t)fp_random(run, parents);
        cap_id_t child = 0, grandchild = 0;
        struct cap_entry entry;
        uint32_t fallen = 0;
        int status = 0;

        draw(run, parent);
        request.mask = RIGHTS;
        delegate_capability(&delegation, &request, &child);
        request.parent = child, request.source = RECEIVER;
        delegate_capability(&delegation, &request, &grandchild);
        FP_TIMED(run, i, status, delegation_revoke, &delegation, child);
        fp_check(run,
                 status == FB_OK && cap_table_lookup(&table, child, &entry) == FB_ESTALE
                     && cap_table_lookup(&table, grandchild, &entry) == FB_OK,
                 "not this capability alone was revoked");
        delegation_revoke_derived(&delegation, ids[parent], DELEGATION_NO_LIMIT, &fallen);
        fp_check(run, fallen == 1 && table.used == parents,
                 "what was derived did not move up to the parent");
    }
}

void bench_delegate_first(struct fp_run *run) { run_delegate(run, false, false); }
void bench_delegate_again(struct fp_run *run) { run_delegate(run, true, false); }
void bench_delegate_stale(struct fp_run *run) { run_delegate(run, true, true); }
