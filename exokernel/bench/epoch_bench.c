/* SPDX-License-Identifier: MIT
 * Benchmarks of hierarchical epochs: synchronising one domain with another over the number of
 * slots N_dom, and a cascade over N_dom and the number M of domains below. Hot caches, ring 0.
 *
 *   domain 0, the root --- 1, the giver --- 2 .. M + 1 in any tree below it
 *                     '--- M + 2, which must learn nothing
 *
 * Expected: a + b N_dom for one, a + M (b + c N_dom) for a cascade. */
#include "bench.h"

#include "epoch.h"

#include <feuerbird/errors.h>

enum { GIVER = 1, BELOW_MAX = 64, PLACES = 64, LIVE_MAX = 8, EPOCHS = 1000 };

static struct epoch_domain domains[EPOCH_MAX_DOMAINS];
static struct epoch_tree tree;
static uint64_t *seen[BELOW_MAX + 3], *expected;
static uint32_t parent[BELOW_MAX + 3]; /* our own record of the tree */
static uint32_t n;

static bool add(struct fp_run *run, uint32_t domain, uint32_t below)
{
    seen[domain] = arena_take(run, n * sizeof *seen[domain]);
    parent[domain] = below;
    return seen[domain] && epoch_add(&tree, domain, below, seen[domain]) == FB_OK;
}

/* Make a tree of only the root, and room for the expected epochs. */
static bool set_up(struct fp_run *run, uint32_t slots)
{
    n = slots;
    arena_reset();
    expected = arena_take(run, n * sizeof *expected);
    return expected && epoch_init(&tree, domains, n) == FB_OK && add(run, 0, EPOCH_NONE);
}

void bench_epoch_sync(struct fp_run *run)
{
    const uint32_t slots = (uint32_t)run->entry->params[0];
    const uint32_t live = slots < LIVE_MAX ? slots : LIVE_MAX;
    int status = 0;

    if (!set_up(run, slots))
        return;
    for (uint32_t d = 1; d < live; d++)
        if (!add(run, d, (uint32_t)fp_random(run, d)))
            return;
    while (fp_next(run)) {
        const uint32_t from = (uint32_t)fp_random(run, live);
        const uint32_t to = (from + 1 + (uint32_t)fp_random(run, live - 1)) % live;

        for (uint32_t i = 0; i < n; i++) {
            seen[from][i] = bench_bits(run) % EPOCHS;
            seen[to][i] = bench_bits(run) % EPOCHS;
        }
        for (uint32_t i = 0; i < n; i++)
            expected[i] = seen[from][i] < seen[to][i] ? seen[to][i] : seen[from][i];
        if (expected[to] < seen[from][from])
            expected[to] = seen[from][from];
        FP_TIMED(run, i, status, epoch_sync, &tree, from, to);
        for (uint32_t i = 0; i < n && !run->twin; i++)
            fp_check(run, status == FB_OK && seen[to][i] == expected[i],
                     "the receiver did not learn what the giver has seen");
    }
}

/* Whether the epoch of a domain is at least that of all domains above it. */
static bool caught_up(uint32_t m)
{
    for (uint32_t d = GIVER + 1; d < GIVER + 1 + m; d++)
        for (uint32_t up = d; up != GIVER; up = parent[up])
            if (seen[d][d] < seen[parent[up]][parent[up]])
                return false;
    return true;
}

/* Whether all below have seen the epoch of slot `i` that the giver has, and the outsider has
 * not. */
static bool passed_on(uint32_t m, uint32_t i)
{
    for (uint32_t d = GIVER + 1; d < GIVER + 1 + m; d++)
        if (seen[d][i] != seen[GIVER][i])
            return false;
    return seen[m + 2][i] == 0;
}

/* The giver learns new epochs of 64 slots outside of the tree and enters its next one. After the
 * cascade these slots and 64 others are checked in all domains, and all slots in one domain. */
void bench_epoch_cascade(struct fp_run *run)
{
    const uint32_t m = (uint32_t)run->entry->params[0], outside = m + 3;
    uint32_t reached = 0, places[2 * PLACES];
    int status = 0;

    if (!set_up(run, (uint32_t)run->entry->params[1]) || !add(run, m + 2, 0) || !add(run, GIVER, 0))
        return; /* a new child comes before older ones, so the outsider comes after the tree */
    for (uint32_t d = GIVER + 1; d < GIVER + 1 + m; d++)
        if (!add(run, d, GIVER + (uint32_t)fp_random(run, d - GIVER)))
            return;
    while (fp_next(run)) {
        const uint32_t one = GIVER + 1 + (uint32_t)fp_random(run, m);
        for (uint32_t i = 0; i < 2 * PLACES; i++) {
            places[i] = outside + (uint32_t)fp_random(run, n - outside);
            seen[GIVER][places[i]] += i < PLACES;
        }
        epoch_advance(&tree, GIVER);
        reached = 0;
        FP_TIMED(run, i, status, epoch_cascade, &tree, GIVER, &reached);
        if (run->twin)
            continue;
        fp_check(run, status == FB_OK && reached == m && caught_up(m),
                 "not all below were reached");
        for (uint32_t i = 0; i < 2 * PLACES; i++)
            fp_check(run, passed_on(m, places[i]), "somebody did not learn what he should");
        for (uint32_t i = outside; i < n; i++)
            fp_check(run, seen[one][i] == seen[GIVER][i], "a domain below did not learn all");
    }
}
