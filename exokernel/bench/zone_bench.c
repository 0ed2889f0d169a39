/* SPDX-License-Identifier: MIT
 * Benchmarks of the zone allocator: zalloc and zfree while the zone holds a number of slabs. Ring
 * 0; caches are hot except in zalloc_cold. A slab has four objects. All slabs are full except the
 * one that the operation works on.
 *
 *   slab    0    1    ...   S-1           oldest first, which is how a first-fit search meets them
 *         oooo  oooo       oooo    o live, . free
 *
 *   zalloc/last      oooo ... ooo.   the newest slab has the one free object
 *   zalloc/random    oooo ooo. oooo  any slab has it
 *   zalloc/roomy     oooo ... oo..   the newest slab stays open
 *   zalloc/kept      oooo ... ....   the newest is the empty one that the zone keeps
 *   zalloc_grow      oooo ... oooo   a page becomes a new slab: its own operation
 *   zfree/...        the same the other way round
 *
 * Expected: constant; with ZONE_ALLOC=firstfit, zalloc is a + b S where the hole is in the last. */
#include "bench.h"

#include "kernel.h"
#include "memory.h"
#include "zone.h"

#include <feuerbird/errors.h>

enum { OBJECTS = 4, SIZE = 1008 };

static struct zone zone;
static void **object; /* by slab, four each; in the order of allocation */
static uint32_t slabs;

static void *take_page(void *context)
{
    const uint64_t physical = page_alloc();

    (void)context;
    return physical ? direct(physical) : NULL;
}

static void give_page(void *context, void *page)
{
    (void)context;
    page_free((uint64_t)page - DIRECT);
}

/* Write an object's place into it. Memory that is given out twice overwrites that. */
static void sign(void **place)
{
    uint64_t *word = *place;

    word[0] = word[SIZE / 8 - 1] = ~(uint64_t)place;
}

static bool signed_still(void **place)
{
    const uint64_t *word = *place;

    return word[0] == ~(uint64_t)place && word[SIZE / 8 - 1] == ~(uint64_t)place;
}

static bool slab_is_well(uint32_t s)
{
    for (uint32_t i = 0; i < OBJECTS; i++)
        if (!signed_still(&object[OBJECTS * s + i]))
            return false;
    return true;
}

/* Make a zone of params[0] full slabs. O(slabs); firstfit: O(slabs^2). */
static bool set_up(struct fp_run *run)
{
    const struct page_source pages = { take_page, give_page, NULL };

    slabs = (uint32_t)run->entry->params[0];
    arena_reset();
    object = arena_take(run, OBJECTS * (slabs + 1ul) * sizeof *object);
    if (!object)
        return false;
    zone_init(&zone, SIZE, &pages);
    for (uint32_t i = 0; i < OBJECTS * slabs; i++) {
        object[i] = zalloc(&zone);
        if (!object[i]) {
            fp_give_up(run, FP_NO_MEMORY, "not enough pages for the slabs");
            return false;
        }
        sign(&object[i]);
        if (i % 1024 == 0)
            fp_heartbeat();
    }
    return zone.objects == OBJECTS && zone.slabs == slabs;
}

/* Free everything. The entry fails if pages do not come back. O(slabs). */
static void tear_down(struct fp_run *run, uint64_t free_before)
{
    for (uint32_t i = 0; object && i < OBJECTS * slabs; i++)
        if (object[i])
            zfree(&zone, object[i]);
    if (zone_destroy(&zone) != FB_OK || pages_free() != free_before)
        fp_give_up(run, FP_EFFECT_FAILED, "a page of the zone did not come back");
}

/* The slab for this repetition, and how many of its objects are free. */
struct hole {
    uint32_t slab, free;
};

static struct hole hole_last(struct fp_run *run)
{
    (void)run;
    return (struct hole){ slabs - 1, 1 };
}

static struct hole hole_random(struct fp_run *run)
{
    return (struct hole){ (uint32_t)fp_random(run, slabs), 1 };
}

static struct hole hole_roomy(struct fp_run *run)
{
    (void)run;
    return (struct hole){ slabs - 1, 2 };
}

static struct hole hole_kept(struct fp_run *run)
{
    (void)run;
    return (struct hole){ slabs - 1, OBJECTS };
}

static void dig(struct hole hole, uint32_t objects)
{
    for (uint32_t i = 0; i < objects; i++)
        zfree(&zone, object[OBJECTS * hole.slab + i]);
}

static void fill(struct hole hole, uint32_t objects)
{
    for (uint32_t i = objects; i--;) {
        object[OBJECTS * hole.slab + i] = zalloc(&zone);
        sign(&object[OBJECTS * hole.slab + i]);
    }
}

static bool same_page(const void *x, const void *y)
{
    return ((uint64_t)x ^ (uint64_t)y) < PAGE_SIZE;
}

static void run_zalloc(struct fp_run *run, struct hole (*dig_where)(struct fp_run *), bool cold)
{
    const uint64_t free_before = pages_free();

    if (!bench_is_single(run) || !set_up(run))
        return;
    while (fp_next(run)) {
        const struct hole hole = dig_where(run);
        void *got = NULL, *old[OBJECTS];
        bool expected = false;

        for (uint32_t i = 0; i < OBJECTS; i++)
            old[i] = object[OBJECTS * hole.slab + i];
        dig(hole, hole.free);
        if (cold) {
            bench_cool(run, &zone, sizeof zone);
            bench_cool(run, (void *)((uint64_t)old[0] & -PAGE_SIZE), PAGE_SIZE);
        }
        FP_TIMED(run, i, got, zalloc, &zone);
        if (run->twin) {
            fill(hole, hole.free);
            continue;
        }
        for (uint32_t i = 0; i < hole.free; i++)
            expected |= got == old[i];
        fp_check(run, expected && zone.slabs == slabs, "not an object of the open slab");
        if (!expected)
            break;
        object[OBJECTS * hole.slab + hole.free - 1] = got;
        sign(&object[OBJECTS * hole.slab + hole.free - 1]);
        fill(hole, hole.free - 1);
        fp_check(run, slab_is_well(hole.slab), "the object overlaps with another one");
    }
    tear_down(run, free_before);
}

/* Afterwards the new page is filled and the newest other slab is emptied and given back, so that
 * the zone has as many slabs as before and no empty one. */
void bench_zalloc_grow(struct fp_run *run)
{
    const uint64_t free_before = pages_free();

    if (!bench_is_single(run) || !set_up(run))
        return;
    while (fp_next(run)) {
        const struct hole new = { slabs, OBJECTS - 1 }, newest = { slabs - 1, OBJECTS };
        void *got = NULL;

        FP_TIMED(run, i, got, zalloc, &zone);
        if (run->twin)
            continue;
        fp_check(run, got && zone.slabs == slabs + 1 && !((uint64_t)got % ZONE_ALIGNMENT),
                 "the zone has no slab more");
        if (run->failures)
            break;
        object[OBJECTS * slabs + OBJECTS - 1] = got;
        sign(&object[OBJECTS * slabs + OBJECTS - 1]);
        fill(new, OBJECTS - 1);
        fp_check(run, slab_is_well(slabs) && slab_is_well(slabs - 1), "objects overlap");
        dig(newest, OBJECTS); /* empty: the zone keeps it */
        zfree(&zone, got);
        dig(new, OBJECTS - 1); /* empty, too: given back */
        fill(newest, OBJECTS);
    }
    tear_down(run, free_before);
}

/* Free one object of the slab, of which `hole.free - 1` were free before. */
static void run_zfree(struct fp_run *run, struct hole (*dig_where)(struct fp_run *))
{
    const uint64_t free_before = pages_free();

    if (!bench_is_single(run) || !set_up(run))
        return;
    while (fp_next(run)) {
        const struct hole hole = dig_where(run);
        void **const place = &object[OBJECTS * hole.slab + hole.free - 1];
        int status = 0, again;

        dig(hole, hole.free - 1);
        FP_TIMED(run, i, status, zfree, &zone, *place);
        if (run->twin) {
            fill(hole, hole.free - 1);
            continue;
        }
        again = zfree(&zone, *place);
        fp_check(run, status == FB_OK && again == FB_EFREED && zone.slabs == slabs,
                 "the object is not free, or the slab is gone");
        if (run->failures)
            break;
        const void *const page = *place;
        fill(hole, hole.free);
        fp_check(run, same_page(page, *place) && slab_is_well(hole.slab),
                 "the object did not go back to its slab");
    }
    tear_down(run, free_before);
}

/* Free the newest slab's last object while the zone keeps an empty slab: a page is given back. S
 * counts neither of the two slabs. */
void bench_zfree_give_back(struct fp_run *run)
{
    const uint64_t free_before = pages_free();

    if (!bench_is_single(run) || !set_up(run))
        return;
    while (fp_next(run)) {
        void *extra[OBJECTS + 1];
        int status = 0;

        for (uint32_t i = 0; i <= OBJECTS; i++)
            extra[i] = zalloc(&zone);
        for (uint32_t i = 0; i < OBJECTS; i++)
            zfree(&zone, extra[i]);
        const uint64_t had = pages_free();
        FP_TIMED(run, i, status, zfree, &zone, extra[OBJECTS]);
        if (run->twin)
            zfree(&zone, extra[OBJECTS]);
        fp_check(run, status == FB_OK && pages_free() == had + 1 && zone.slabs == slabs + 1,
                 "the page did not go back");
    }
    tear_down(run, free_before);
}

void bench_zalloc_last(struct fp_run *run) { run_zalloc(run, hole_last, false); }
void bench_zalloc_random(struct fp_run *run) { run_zalloc(run, hole_random, false); }
void bench_zalloc_roomy(struct fp_run *run) { run_zalloc(run, hole_roomy, false); }
void bench_zalloc_kept(struct fp_run *run) { run_zalloc(run, hole_kept, false); }
void bench_zalloc_cold(struct fp_run *run) { run_zalloc(run, hole_random, true); }
void bench_zfree_last(struct fp_run *run) { run_zfree(run, hole_last); }
void bench_zfree_random(struct fp_run *run) { run_zfree(run, hole_random); }
void bench_zfree_roomy(struct fp_run *run) { run_zfree(run, hole_roomy); }
void bench_zfree_kept(struct fp_run *run) { run_zfree(run, hole_kept); }
