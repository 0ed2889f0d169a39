/* SPDX-License-Identifier: MIT
 * Many pages in one crossing, new rights for a mapping in place, and page-table entries. */
#include "test.h"

enum { PAGES = EXO_BATCH_MAX };
#define IDS ((cap_id_t *)SHARED)
#define OTHER 0x41000000ul
#define FAR (100ul << 39) /* five page tables are missing there and before: made in steps */
#define READ (EXO_RIGHT_R | 0ul)

/* Whether each of the pages from `address` on holds its number, and can be read. */
static bool holds(uint64_t address, uint64_t first, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        if (*(volatile uint64_t *)(address + i * FB_PAGE_SIZE) != first + i)
            return false;
    return true;
}

static void write(uint64_t address, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        *(volatile uint64_t *)(address + i * FB_PAGE_SIZE) = i;
}

static uint64_t entry(uint64_t address)
{
    uint64_t value = -1ul;

    return exo_entries(address, 1, &value) == FB_OK ? value : -1ul;
}

static void alloc(cap_id_t *ids)
{
    for (uint64_t i = 0; i < PAGES; i++)
        ids[i] = (cap_id_t)exo_alloc_page(EXO_ANY);
}

static void give_up(const cap_id_t *ids)
{
    for (uint64_t i = 0; i < PAGES; i++)
        exo_unbind_page(ids[i]);
}

/* Note the fault, and let the store succeed. */
static void allow(uint64_t cause, uint64_t value, uint64_t detail)
{
    volatile uint64_t *notes = (uint64_t *)STACK;

    notes[0]++, notes[1] = cause, notes[2] = value, notes[3] = detail;
    if (exo_protect(0, notes[4], RW) != FB_OK)
        exo_exit(0);
}

void test_batches(struct test *t)
{
    volatile uint64_t *notes = (uint64_t *)STACK;
    const cap_id_t stack = lib_page(STACK, RW), list = lib_page(SHARED, RW);
    const uint64_t border = AREA + (1ul << 21) - 3 * FB_PAGE_SIZE; /* two page tables */

    alloc(IDS);
    lib_upcall(STACK, allow);
    for (uint64_t count = 1; count <= PAGES; count += count < 4 ? 1 : 14) {
        const int64_t n = (int64_t)count;
        CHECK(t, exo_map_pages(0, IDS, count, border, RW) == n);
        CHECK(t, exo_map(0, IDS[0], OTHER, RW) == FB_EEXISTS);
        write(border, count);
        CHECK(t, entry(border) & EXO_ENTRY_DIRTY && entry(border) & EXO_ENTRY_ACCESSED);
        CHECK(t, exo_protect_pages(0, IDS, count, READ) == n && holds(border, 0, count));
        for (uint64_t i = 0; i < count; i++)
            CHECK(t, (entry(border + i * FB_PAGE_SIZE) & ~0xffffffffff000ul)
                         == (EXO_ENTRY_NO_EXEC | EXO_ENTRY_PRESENT | EXO_ENTRY_ACCESSED | 4));
        notes[0] = 0, notes[4] = IDS[count - 1];
        *(volatile uint64_t *)(border + (count - 1) * FB_PAGE_SIZE) = count - 1;
        CHECK(t, notes[0] == 1 && notes[1] == EXO_UPCALL_FAULT && notes[3] == 7
                     && notes[2] == border + (count - 1) * FB_PAGE_SIZE);
        CHECK(t, exo_unmap_pages(0, IDS, count) == n && entry(border) == 0);
        CHECK(t, entry(border + (count - 1) * FB_PAGE_SIZE) == 0);
        CHECK(t, exo_unmap(0, IDS[count - 1]) == FB_EINVALID);
        CHECK(t, exo_map_pages(0, IDS, count, OTHER, READ) == n && holds(OTHER, 0, count));
        CHECK(t, exo_unmap_pages(0, IDS, count) == n);
    }
    exo_set_upcall(NULL, 0, 0);
    CHECK(t, exo_map_pages(0, IDS, 4, FAR - 2 * FB_PAGE_SIZE, RW) == 4);
    write(FAR - 2 * FB_PAGE_SIZE, 4);
    CHECK(t, exo_unmap_pages(0, IDS, 4) == 4 && entry(FAR) == 0);
    give_up(IDS);
    exo_unbind_page(list);
    exo_unbind_page(stack);
}

/* The wrong arguments that map_pages, unmap_pages and protect_pages share, and those of each. */
void test_batch_misuse(struct test *t)
{
    const uint64_t rights[] = {
        0, EXO_RIGHT_W, EXO_RIGHT_X, 7, 8 | 1, 16 | 1, 1 | 1ul << 32, -1ul
    };
    const uint64_t counts[] = { 0, PAGES + 1, 1ul << 32 | 1, 1ul << 61, -1ul };
    const uint64_t bad[] = { 0,
                             AREA + 1,
                             EXO_IMAGE,
                             EXO_IMAGE - FB_PAGE_SIZE,
                             EXO_IMAGE_END - FB_PAGE_SIZE,
                             EXO_USER_END - FB_PAGE_SIZE,
                             EXO_USER_END,
                             1ul << 63,
                             -2ul * FB_PAGE_SIZE };
    const cap_id_t *nowhere[] = { NULL, (cap_id_t *)(EXO_USER_END - 8), (cap_id_t *)-16ul,
                                  (cap_id_t *)(1ul << 47), (cap_id_t *)(SHARED + 4096 - 8) };
    const cap_id_t list = lib_page(SHARED, RW), line = (cap_id_t)exo_irq_alloc(28, RW);
    const cap_id_t env = (cap_id_t)lib_create(0);
    const cap_id_t weak = (cap_id_t)exo_derive(env, EXO_RIGHTS_ALL & ~EXO_RIGHT_CTL);
    const uint64_t at = OTHER;

    alloc(IDS);
    for (uint64_t i = 0; i < sizeof rights / sizeof *rights; i++) {
        CHECK(t, exo_map_pages(0, IDS, 2, at, rights[i]) == FB_EINVALID);
        CHECK(t, exo_protect_pages(0, IDS, 2, rights[i]) == FB_EINVALID);
        CHECK(t, exo_protect(0, IDS[0], rights[i]) == FB_EINVALID);
    }
    for (uint64_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        CHECK(t, exo_map_pages(0, IDS, counts[i], at, RW) == FB_EINVALID);
        CHECK(t, exo_unmap_pages(0, IDS, counts[i]) == FB_EINVALID);
        CHECK(t, exo_protect_pages(0, IDS, counts[i], RW) == FB_EINVALID);
    }
    for (uint64_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(t, exo_map_pages(0, IDS, 2, bad[i], RW) == FB_EADDRESS);
    for (uint64_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++) {
        CHECK(t, exo_map_pages(0, nowhere[i], 2, at, RW) == FB_EADDRESS);
        CHECK(t, exo_unmap_pages(0, nowhere[i], 2) == FB_EADDRESS);
        CHECK(t, exo_protect_pages(0, nowhere[i], 2, RW) == FB_EADDRESS);
    }
    for (int bit = 16; bit < 64; bit++) { /* all 64 bits of identifiers, in each place */
        const cap_id_t wrong[] = { IDS[0], IDS[1] ^ 1ul << bit };
        CHECK(t, exo_map_pages(0, wrong, 2, at, RW) == 1 && entry(at + FB_PAGE_SIZE) == 0);
        CHECK(t, exo_map_pages(0, wrong + 1, 1, at, RW) == FB_ESTALE);
        CHECK(t, exo_protect_pages(0, wrong, 2, RW) == 1);
        CHECK(t, exo_protect(0, wrong[1], RW) == FB_ESTALE);
        CHECK(t, exo_unmap_pages(0, wrong, 2) == 1 && entry(at) == 0);
        CHECK(t, exo_unmap_pages(0, wrong + 1, 1) == FB_ESTALE);
        CHECK(t, exo_map_pages(env ^ 1ul << bit, IDS, 1, at, RW) == FB_ESTALE);
        CHECK(t, exo_protect(env ^ 1ul << bit, IDS[0], RW) == FB_ESTALE);
    }
    CHECK(t, exo_map_pages(weak, IDS, 1, at, RW) == FB_EDENIED);
    CHECK(t, exo_unmap_pages(weak, IDS, 1) == FB_EDENIED);
    CHECK(t, exo_protect_pages(weak, IDS, 1, RW) == FB_EDENIED);
    CHECK(t, exo_protect(weak, IDS[0], RW) == FB_EDENIED);
    CHECK(t, exo_map_pages(IDS[0], IDS, 1, at, RW) == FB_EINVALID);
    CHECK(t, exo_map_pages(env, IDS, 1, at, RW) == FB_ESTALE); /* ours, not one of its own */
    const cap_id_t others[] = { line, EXO_SELF };
    for (int i = 0; i < 2; i++) {
        CHECK(t, exo_map_pages(0, others + i, 1, at, RW) == FB_EINVALID);
        CHECK(t, exo_unmap_pages(0, others + i, 1) == FB_EINVALID);
        CHECK(t, exo_protect(0, others[i], RW) == FB_EINVALID);
    }
    CHECK(t, exo_protect(0, IDS[0], RW) == FB_EINVALID); /* not mapped */
    for (uint64_t held = 0; held < 8; held++) {          /* only rights that the capability has */
        const cap_id_t less = (cap_id_t)exo_derive(IDS[0], held);
        for (uint64_t wanted = 1; wanted < 6; wanted += 2) {
            const bool may = (held & wanted) == wanted;
            CHECK(t, exo_map_pages(0, &less, 1, at, wanted) == (may ? 1 : FB_EDENIED));
            for (uint64_t next = 1; may && next < 6; next += 2)
                CHECK(t,
                      exo_protect(0, less, next) == ((held & next) == next ? FB_OK : FB_EDENIED));
            exo_unmap(0, less);
        }
        exo_cap_drop(less);
    }
    CHECK(t, exo_map_pages(0, IDS, 2, at, RW) == 2);
    CHECK(t, exo_map_pages(0, IDS, 2, at, RW) == FB_EEXISTS);
    CHECK(t, exo_map_pages(0, IDS + 2, 2, at + FB_PAGE_SIZE, RW) == FB_EEXISTS);
    CHECK(t, exo_map_pages(0, IDS + 2, 2, at - FB_PAGE_SIZE, RW) == 1);
    CHECK(t, exo_unmap_pages(0, IDS, PAGES) == 3);
    CHECK(t, exo_env_destroy(env) == FB_OK && exo_cap_drop(line) == FB_OK);
    give_up(IDS);
    exo_unbind_page(list);
}

void test_entries(struct test *t)
{
    const cap_id_t buffer = lib_page(SHARED, RW), page = lib_page(AREA, RW);
    uint64_t *value = (uint64_t *)SHARED;

    CHECK(t, exo_entries(AREA, 512, value) == FB_OK && value[0] & EXO_ENTRY_PRESENT && !value[1]);
    CHECK(t, !(value[0] & (EXO_ENTRY_ACCESSED | EXO_ENTRY_DIRTY)));
    (void)*(volatile uint64_t *)AREA;
    CHECK(t, entry(AREA) & EXO_ENTRY_ACCESSED && !(entry(AREA) & EXO_ENTRY_DIRTY));
    *(volatile uint64_t *)AREA = 1;
    CHECK(t, entry(AREA) & EXO_ENTRY_DIRTY && exo_protect(0, page, RW) == FB_OK);
    CHECK(t, !(entry(AREA) & (EXO_ENTRY_ACCESSED | EXO_ENTRY_DIRTY)));
    *(volatile uint64_t *)AREA = 2;
    CHECK(t, entry(AREA) & EXO_ENTRY_DIRTY); /* the translation was flushed */
    CHECK(t, exo_entries(AREA - 7 * FB_PAGE_SIZE, 512, value) == FB_OK); /* two tables */
    CHECK(t, !value[6] && value[7] == entry(AREA) && !value[8]);
    CHECK(t, exo_entries(1ul << 40, 3, value) == FB_OK && !(value[0] | value[1] | value[2]));
    CHECK(t, exo_entries(0, 1, value) == FB_OK);
    CHECK(t, exo_entries(EXO_USER_END - FB_PAGE_SIZE, 1, value) == FB_OK);
    CHECK(t, exo_entries(EXO_USER_END - FB_PAGE_SIZE, 2, value) == FB_EADDRESS);
    CHECK(t, exo_entries(EXO_USER_END, 1, value) == FB_EADDRESS);
    CHECK(t, exo_entries(-4096ul, 1, value) == FB_EADDRESS);
    CHECK(t, exo_entries(0xffff800000000000, 1, value) == FB_EADDRESS);
    CHECK(t, exo_entries(AREA + 8, 1, value) == FB_EINVALID);
    CHECK(t, exo_entries(AREA, 0, value) == FB_EINVALID);
    CHECK(t, exo_entries(AREA, 513, value) == FB_EINVALID);
    CHECK(t, exo_entries(AREA, -1ul, value) == FB_EINVALID);
    CHECK(t, exo_entries(AREA, 2, (uint64_t *)(EXO_USER_END - 8)) == FB_EADDRESS);
    CHECK(t, exo_entries(AREA, 2, (uint64_t *)(SHARED + 4096 - 8)) == FB_EADDRESS);
    CHECK(t, exo_entries(AREA, 1, (uint64_t *)EXO_IMAGE) == FB_EADDRESS); /* read-only */
    exo_unbind_page(page);
    exo_unbind_page(buffer);
}

/* Rights that another processor's environment loses are lost at its next store. */
void test_remote_rights(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW);

    for (int batch = 0; batch < 2; batch++) {
        const cap_id_t env = (cap_id_t)lib_create(1);
        const cap_id_t theirs[] = { lib_give(env, page, RW), lib_give(env, page, READ) };
        CHECK(t, exo_map_pages(env, theirs, 1, SHARED, RW) == 1);
        CHECK(t, exo_map_pages(env, theirs + 1, 1, AREA, READ) == 1);
        shared[0] = 0;
        CHECK(t, lib_start(env, PROGRAM_test_child, CHILD_COUNT, 0) == FB_OK);
        for (const uint64_t from = fp_time(); !shared[0] && fp_time() - from < PATIENCE;)
            __builtin_ia32_pause();
        CHECK(t, shared[0]
                     && (batch ? exo_protect_pages(env, theirs, 2, READ) == 2
                               : exo_protect(env, theirs[0], READ) == FB_OK));
        const uint64_t count = shared[0];
        for (int i = 0; i < 1000; i++)
            __builtin_ia32_pause();
        CHECK(t, shared[0] == count && test_ended(env)); /* it has no handler */
    }
    exo_unbind_page(page);
}
