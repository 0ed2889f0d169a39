/* SPDX-License-Identifier: MIT
 * Every wrong number for the calls about many pages: counts, rights, addresses and lists. The other
 * arguments are right. Nothing may happen, and afterwards the right call works. */
#include "test.h"

#define PLACE (AREA + 5 * FB_PAGE_SIZE)
#define LIST AREA                      /* a page that can be written */
#define READABLE (AREA + FB_PAGE_SIZE) /* one that cannot, with the same content */
#define NONE 9

/* A call with right arguments, and which argument is what; NONE: it has no such. */
static const struct row {
    uint64_t number, argument[5];
    uint8_t count, rights, address, list;
    uint64_t most;    /* count */
    bool any, writes; /* it takes all rights that there are; it writes to the list */
} rows[] = {
    { SYS_map_pages, { 0, LIST, 1, PLACE, RW }, 2, 4, 3, 1, EXO_BATCH_MAX, false, false },
    { SYS_protect_pages, { 0, LIST, 1, RW }, 2, 3, NONE, 1, EXO_BATCH_MAX, false, false },
    { SYS_unmap_pages, { 0, LIST, 1 }, 2, NONE, NONE, 1, EXO_BATCH_MAX, false, false },
    { SYS_grant, { EXO_SELF, LIST, 1, RW }, 2, 3, NONE, 1, EXO_GRANT_MAX, true, true },
    { SYS_entries, { AREA, 1, LIST }, 1, NONE, NONE, 2, EXO_ENTRIES_MAX, false, true },
};
static const uint64_t counts[] = { 0, 1ul << 32, 1ul << 32 | 1, 1ul << 63, -1ul };
static const uint64_t rights[] = {
    0, EXO_RIGHT_W, EXO_RIGHT_X, RW | EXO_RIGHT_X, EXO_RIGHT_W | EXO_RIGHT_X, RW | EXO_RIGHT_CTL
};
static const uint64_t high_rights[] = { 32, RW | 32, 1ul << 32 | RW, 1ul << 63 | RW, -1ul };
static const uint64_t addresses[] = {
    0,
    PLACE + 1,
    PLACE + 2048,
    EXO_IMAGE,
    EXO_IMAGE_END - FB_PAGE_SIZE,
    EXO_USER_END,
    1ul << 47,
    1ul << 63 | PLACE,
    -(uint64_t)FB_PAGE_SIZE,
};
static const uint64_t lists[] = {
    0,
    AREA + 99 * FB_PAGE_SIZE,
    EXO_USER_END - 4,
    EXO_USER_END - 8,
    EXO_USER_END,
    1ul << 47,
    1ul << 63 | LIST,
    -8ul,
    0xffff800000100000,
    LIST - 4,
    AREA + 2 * FB_PAGE_SIZE - 4,
};

static int64_t make(const struct row *row, uint8_t which, uint64_t value, cap_id_t id)
{
    uint64_t a[6] = { 0 };

    for (int i = 0; i < 5; i++)
        a[i] = row->argument[i];
    if (which != NONE)
        a[which] = value;
    *(cap_id_t *)LIST = id;
    return test_raw(row->number, a);
}

/* Try these values for one argument. */
static void try(struct test *t, const struct row *row, cap_id_t id, uint8_t which,
                const uint64_t *value, uint64_t values, int64_t error)
{
    uint64_t before = 0, after = 0;
    const int64_t caps = exo_info(EXO_INFO_CAPS);

    exo_entries(PLACE, 1, &before);
    for (uint64_t i = 0; which != NONE && i < values; i++) {
        const int64_t result = make(row, which, value[i], id);
        exo_entries(PLACE, 1, &after);
        const bool right = result == error && exo_info(EXO_INFO_CAPS) == caps
                           && (before & ~(uint64_t)(EXO_ENTRY_ACCESSED | EXO_ENTRY_DIRTY))
                                  == (after & ~(uint64_t)(EXO_ENTRY_ACCESSED | EXO_ENTRY_DIRTY));
        CHECK(t, right);
        if (!right)
            lib_print("  call "), lib_number(row->number), lib_print(", value "), lib_number(i),
                lib_print(", -"), lib_number(-(uint64_t)result), lib_print("\n");
    }
}

#define TRY(which, value, error)                                                                   \
    try(t, row, id, row->which, value, sizeof(value) / sizeof *(value), error)

void test_values(struct test *t)
{
    const cap_id_t list = lib_page(LIST, RW), readable = lib_page(READABLE, RW);
    const cap_id_t id = (cap_id_t)exo_alloc_page(EXO_ANY);

    *(cap_id_t *)READABLE = id;
    exo_protect(0, readable, EXO_RIGHT_R);
    for (uint64_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        const struct row *row = &rows[n];
        const uint64_t more[] = { row->most + 1 };
        TRY(count, counts, FB_EINVALID);
        TRY(count, more, FB_EINVALID);
        TRY(rights, high_rights, FB_EINVALID);
        if (!row->any)
            TRY(rights, rights, FB_EINVALID);
        TRY(address, addresses, FB_EADDRESS);
        TRY(list, lists, FB_EADDRESS);
        const uint64_t same[] = { READABLE };
        if (row->writes)
            TRY(list, same, FB_EADDRESS);
        const int64_t result = make(row, NONE, 0, id);
        CHECK(t, result == (row->writes ? FB_OK : 1));
        if (row->number == SYS_grant)
            exo_cap_drop(*(cap_id_t *)LIST);
    }
    exo_unbind_page(id), exo_unbind_page(list), exo_unbind_page(readable);
}
