/* SPDX-License-Identifier: MIT
 * Benchmarks of pages: allocation, mapping, giving up, and the fault that maps one. */
#include "exo.h"

enum { BATCH_MAX = 64, PAGES_MAX = 16384, BULK = 10 };
#define AREA 0x20000000ul

static int64_t alloc_map(uint64_t address)
{
    const int64_t page = exo_alloc_page(EXO_ANY);

    exo_map(0, (cap_id_t)page, address, RW);
    return page;
}

/* Whether a page is mapped, all zero, and writable. */
static bool works(uint64_t address)
{
    volatile uint64_t *word = (uint64_t *)address;
    uint64_t sum = 0;

    for (uint64_t i = 0; i < FB_PAGE_SIZE / 8; i++)
        sum |= word[i];
    word[0] = address;
    return sum == 0 && word[0] == address;
}

static int64_t alloc(struct fp_run *run, bool scrub)
{
    int64_t page[BATCH_MAX];

    if (run->batch > BATCH_MAX)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: at most 64");
    exo_unbind_page((cap_id_t)alloc_map(AREA)); /* makes the tables */
    while (fp_next(run)) {
        if (scrub)
            lib_scrub(run->batch);
        FP_TIMED(run, i, page[i], alloc_map, AREA + i * FB_PAGE_SIZE);
        for (uint32_t i = 0; i < run->batch; i++) {
            fp_check(run, works(AREA + i * FB_PAGE_SIZE), "no cleared page there");
            if (!run->twin)
                exo_unbind_page((cap_id_t)page[i]);
        }
    }
    return 0;
}

int64_t bench_alloc_map(uint64_t a, uint64_t b)
{
    (void)b;
    return alloc((struct fp_run *)a, true);
}

int64_t bench_alloc_clear(uint64_t a, uint64_t b)
{
    (void)b;
    return alloc((struct fp_run *)a, false);
}

/* Allocate ten pages without mapping them. */
static int64_t alloc_ten(int64_t *page)
{
    for (uint32_t i = 0; i < BULK; i++)
        page[i] = exo_alloc_page(EXO_ANY);
    return page[BULK - 1];
}

int64_t bench_alloc_bulk(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    int64_t page[BULK], last = 0;

    (void)b;
    lib_single(run);
    while (fp_next(run)) {
        const int64_t caps = exo_info(EXO_INFO_CAPS);
        lib_scrub(BULK);
        FP_TIMED(run, i, last, alloc_ten, page);
        fp_check(run, last > 0 && exo_info(EXO_INFO_CAPS) == caps + BULK, "not ten pages more");
        for (uint32_t i = 0; i < BULK && !run->twin; i++)
            exo_unbind_page((cap_id_t)page[i]);
    }
    return 0;
}

/* Where the identifiers of the pages are. */
#define IDS 0x30000000ul

/* Allocate and map that many pages, from AREA on. */
static void map_all(uint64_t pages)
{
    for (uint64_t i = 0; i < pages; i += FB_PAGE_SIZE / 8)
        lib_page(IDS + i * 8, RW);
    for (uint64_t i = 0; i < pages; i++)
        ((int64_t *)IDS)[i] = alloc_map(AREA + i * FB_PAGE_SIZE);
}

/* Give up one of `pages` mapped pages at random. It is replaced outside of the timed region. */
int64_t bench_unbind(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    int64_t *ids = (int64_t *)IDS, status[BATCH_MAX];
    const uint64_t pages = run->entry->params[0];

    (void)b;
    if (run->batch > BATCH_MAX || run->batch > pages)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: at most 64, and pages");
    map_all(pages);
    while (fp_next(run)) {
        const uint64_t first = fp_random(run, pages - run->batch + 1);
        const int64_t used = exo_info(EXO_INFO_CAPS);
        FP_TIMED(run, i, status[i], exo_unbind_page, (cap_id_t)ids[first + i]);
        if (run->twin)
            continue;
        fp_check(run, exo_info(EXO_INFO_CAPS) == used - (int64_t)run->batch,
                 "the capability is still there");
        for (uint64_t i = 0; i < run->batch; i++) {
            ids[first + i] = alloc_map(AREA + (first + i) * FB_PAGE_SIZE);
            fp_check(run, status[i] == FB_OK && works(AREA + (first + i) * FB_PAGE_SIZE),
                     "the page was still mapped");
        }
    }
    return 0;
}

/* Map or unmap one of `pages` pages at random. The timed region does not include the opposite. */
static int64_t remap(struct fp_run *run, bool map)
{
    int64_t *ids = (int64_t *)IDS, status = -1;
    const uint64_t pages = run->entry->params[0];

    lib_single(run);
    map_all(pages);
    while (fp_next(run)) {
        const uint64_t at = fp_random(run, pages), address = AREA + at * FB_PAGE_SIZE;
        const cap_id_t page = (cap_id_t)ids[at];
        bool taken;
        if (map) {
            *(volatile uint64_t *)address = run->repetition;
            exo_unmap(0, page);
            FP_TIMED(run, i, status, exo_map, 0, page, address, RW);
            taken = exo_map(0, page, address, RW) == FB_EEXISTS
                    && *(volatile uint64_t *)address == run->repetition;
        } else {
            FP_TIMED(run, i, status, exo_unmap, 0, page);
            taken = exo_map(0, page, address, RW) == FB_OK;
        }
        fp_check(run, status == FB_OK && taken,
                 map ? "the page is not there" : "the page is still mapped");
    }
    return 0;
}

int64_t bench_map(uint64_t a, uint64_t b)
{
    (void)b;
    return remap((struct fp_run *)a, true);
}

int64_t bench_unmap(uint64_t a, uint64_t b)
{
    (void)b;
    return remap((struct fp_run *)a, false);
}

#define FAULT_STACK 0x12000000ul
#define FAULT_CAP ((volatile cap_id_t *)FAULT_STACK) /* at the bottom of the handler's stack */

static void map_it(uint64_t cause, uint64_t value, uint64_t detail)
{
    (void)detail;
    if (cause == EXO_UPCALL_FAULT)
        exo_map(0, *FAULT_CAP, value & -(uint64_t)FB_PAGE_SIZE, RW);
}

static uint64_t touch(volatile uint64_t *word)
{
    *word = 5;
    return *word;
}

/* A store to an unmapped page: the fault, a handler in ring 3 that maps it, the store again. */
int64_t bench_fault(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const int64_t page = exo_alloc_page(EXO_ANY);
    uint64_t seen = 0;

    (void)b;
    lib_page(FAULT_STACK, RW);
    *FAULT_CAP = (cap_id_t)page;
    lib_upcall(FAULT_STACK, map_it);
    lib_single(run);
    touch((uint64_t *)AREA);
    exo_unmap(0, (cap_id_t)page);
    while (fp_next(run)) {
        seen = 0;
        FP_TIMED(run, i, seen, touch, (uint64_t *)AREA);
        fp_check(run, seen == 5 && exo_unmap(0, (cap_id_t)page) == FB_OK,
                 "the page was not mapped by the handler");
    }
    return 0;
}

/* Shared counts: faults of the other processor, and mappings that we have made since. */
#define MET ((volatile uint64_t *)NOTE)
#define MADE ((volatile uint64_t *)NOTE + 1)
#define STORES ((volatile uint64_t *)NOTE + 2)
#define NOTE 0x11000000ul
#define A_WHILE 5000000ul

/* Waits until the page is mapped again. */
static void await_mapping(uint64_t cause, uint64_t value, uint64_t detail)
{
    const uint64_t made = *MADE;

    (void)cause, (void)value, (void)detail;
    ++*MET;
    while (*MADE == made)
        __builtin_ia32_pause();
}

/* Stores to AREA forever. */
int64_t store_on(uint64_t a, uint64_t b)
{
    (void)a, (void)b;
    lib_page(FAULT_STACK, RW);
    lib_upcall(FAULT_STACK, await_mapping);
    for (;; __builtin_ia32_pause())
        *(volatile uint64_t *)AREA = ++*STORES;
}

/* Wait until the word changes, but not forever. */
static void await(volatile uint64_t *word, uint64_t from)
{
    for (const uint64_t began = fp_time(); *word == from && fp_time() - began < A_WHILE;)
        __builtin_ia32_pause();
}

/* Unmap a page that the other processor stores to: it faults at its next store. */
int64_t bench_unmap_other_cpu(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t note = lib_page(NOTE, RW), env = (cap_id_t)lib_create(b);
    const cap_id_t page = lib_give(env, (cap_id_t)exo_alloc_page(EXO_ANY), RW);
    int64_t status = -1;

    lib_single(run);
    if (lib_share(env, note, NOTE, RW) || exo_map(env, page, AREA, RW)
        || lib_start(env, PROGRAM_store_on, 0, 0))
        fp_give_up(run, FP_NO_MEMORY, "the other side did not start");
    while (fp_next(run)) {
        const uint64_t met = *MET;
        await(STORES, *STORES);
        FP_TIMED(run, i, status, exo_unmap, env, page);
        if (run->leave_out) {
            fp_check(run, false, "the page is still mapped");
            continue;
        }
        await(MET, met);
        const uint64_t stores = *STORES;
        for (int i = 0; i < 100; i++)
            __builtin_ia32_pause();
        fp_check(run, status == FB_OK && *MET == met + 1 && *STORES == stores,
                 "the page is still mapped");
        exo_map(env, page, AREA, RW);
        ++*MADE;
        await(STORES, stores);
    }
    return 0;
}
