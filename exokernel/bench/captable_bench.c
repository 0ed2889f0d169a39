/* SPDX-License-Identifier: MIT
 * Benchmarks of the capability table: alloc, lookup and revoke while N_caps entries are occupied.
 * Ring 0; caches are hot except in lookup_cold. For alloc, N_caps includes the new entry.
 *
 *   slot   0 | 1 2 3 ... N_caps | ...        sequential: in order; alloc: the highest slot is free
 *     unused |     occupied     | free       random:     any slot of 1 .. N_caps
 *
 * Expected: constant; with CAP_ALLOC=scan, alloc grows with the index of the lowest free slot. */
#include "bench.h"

#include "captable.h"

#include <feuerbird/errors.h>

enum { BATCH_MAX = 1024, RIGHTS = 0x7, OWNER = 42 };

static struct cap_slot slots[CAP_MAX + 4096 / sizeof(struct cap_slot)]; /* room for the shift */
static struct cap_table table;
/* For each slot: its identifier, what was stored, and the round that picked it last. They are
 * together, so that a pick touches one cache line besides the table's. */
static struct {
    cap_id_t id;
    uint32_t resource, round;
} known[CAP_MAX];
static uint32_t round, fresh; /* fresh: the next resource to store */

static uint32_t picked[BATCH_MAX]; /* the slots of this repetition */
static cap_id_t argument[BATCH_MAX], got[BATCH_MAX];
static struct cap_entry found[BATCH_MAX];
static int status[BATCH_MAX];

static void remember(cap_id_t id, uint32_t resource)
{
    known[id & CAP_INDEX_MASK].id = id;
    known[id & CAP_INDEX_MASK].resource = resource;
}

/* Occupy `count` more slots. O(count); with the scan, O(capacity) once. */
static void occupy(struct fp_run *run, uint32_t count)
{
    static cap_id_t ids[CAP_MAX];

    if (cap_table_fill(&table, count, CAP_PAGE, fresh, RIGHTS, OWNER, ids) != count)
        fp_give_up(run, FP_NO_MEMORY, "the table has no room for N_caps entries");
    for (uint32_t i = 0; i < count; i++)
        remember(ids[i], fresh + i);
    fresh += count;
}

/* Make a table with N_caps entries. False: the batch does not fit. */
static bool set_up(struct fp_run *run)
{
    const uint32_t n = (uint32_t)run->entry->params[0];

    if (run->batch > BATCH_MAX || run->batch > n) {
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: at most N_caps and 1024");
        return false;
    }
    cap_table_init(&table, slots + bench_shift() / sizeof *slots, CAP_MAX);
    fresh = 1;
    occupy(run, n);
    for (uint32_t i = 1; i <= n; i++) /* load the table into the caches, if it fits */
        (void)*(volatile cap_id_t *)&table.slots[i].id;
    return true;
}

static void pick_in_order(struct fp_run *run)
{
    const uint64_t n = run->entry->params[0], before = (run->repetition - 1) / 2 * run->batch;

    for (uint32_t i = 0; i < run->batch; i++)
        picked[i] = 1 + (uint32_t)((before + i) % n);
}

static void pick_highest(struct fp_run *run)
{
    for (uint32_t i = 0; i < run->batch; i++)
        picked[i] = (uint32_t)run->entry->params[0] - i;
}

/* Pick distinct slots, each equally likely. O(batch log batch) expected. */
static void pick_any(struct fp_run *run)
{
    round++;
    for (uint32_t i = 0; i < run->batch; i++) {
        do
            picked[i] = 1 + (uint32_t)fp_random(run, run->entry->params[0]);
        while (known[picked[i]].round == round);
        known[picked[i]].round = round;
    }
}

static bool holds(const struct cap_entry *e, uint32_t resource)
{
    return e->type == CAP_PAGE && e->refs == 1 && e->resource == resource && e->rights == RIGHTS
           && e->owner == OWNER;
}

static void run_lookup(struct fp_run *run, void (*pick)(struct fp_run *), bool cold)
{
    if (!set_up(run) || (cold && !bench_is_single(run)))
        return;
    while (fp_next(run)) {
        if (!run->twin)
            pick(run); /* the twin asks for the same */
        for (uint32_t i = 0; i < run->batch; i++) {
            argument[i] = known[picked[i]].id;
            found[i] = (struct cap_entry){ 0 };
        }
        if (cold)
            bench_cool(run, &slots[picked[0]], sizeof *slots);
        FP_TIMED(run, i, status[i], cap_table_lookup, &table, argument[i], &found[i]);
        for (uint32_t i = 0; i < run->batch; i++)
            fp_check(run, status[i] == FB_OK && holds(&found[i], known[picked[i]].resource),
                     "lookup did not return what was stored");
    }
}

static void run_alloc(struct fp_run *run, void (*pick)(struct fp_run *))
{
    if (!set_up(run))
        return;
    while (fp_next(run)) {
        pick(run);
        for (uint32_t i = 0; i < run->batch; i++) {
            cap_table_revoke(&table, known[picked[i]].id);
            got[i] = 0;
        }
        FP_TIMED(run, i, got[i], cap_table_alloc, &table, CAP_PAGE, fresh + i, RIGHTS, OWNER);
        if (run->twin) {
            occupy(run, run->batch);
            continue;
        }
        for (uint32_t i = 0; i < run->batch; i++, fresh++) {
            struct cap_entry entry = { 0 };
            fp_check(run, cap_table_lookup(&table, got[i], &entry) == FB_OK && holds(&entry, fresh),
                     "the new identifier does not name what was stored");
            fp_check(run, got[i] > known[got[i] & CAP_INDEX_MASK].id,
                     "the slot had this identifier before"); /* same slot: generations grow */
            remember(got[i], fresh);
        }
    }
}

static void run_revoke(struct fp_run *run, void (*pick)(struct fp_run *))
{
    if (!set_up(run))
        return;
    while (fp_next(run)) {
        const uint32_t used = table.used;
        pick(run);
        for (uint32_t i = 0; i < run->batch; i++)
            argument[i] = known[picked[i]].id;
        FP_TIMED(run, i, status[i], cap_table_revoke, &table, argument[i]);
        if (run->twin)
            continue;
        for (uint32_t i = 0; i < run->batch; i++)
            fp_check(run,
                     status[i] == FB_OK
                         && cap_table_lookup(&table, argument[i], &found[i]) == FB_ESTALE,
                     "the revoked identifier is still good");
        fp_check(run, table.used == used - run->batch, "the table did not lose one entry a revoke");
        occupy(run, run->batch);
    }
}

void bench_lookup_sequential(struct fp_run *run) { run_lookup(run, pick_in_order, false); }
void bench_lookup_random(struct fp_run *run) { run_lookup(run, pick_any, false); }
void bench_lookup_cold(struct fp_run *run) { run_lookup(run, pick_any, true); }
void bench_alloc_sequential(struct fp_run *run) { run_alloc(run, pick_highest); }
void bench_alloc_random(struct fp_run *run) { run_alloc(run, pick_any); }
void bench_revoke_sequential(struct fp_run *run) { run_revoke(run, pick_in_order); }
void bench_revoke_random(struct fp_run *run) { run_revoke(run, pick_any); }
