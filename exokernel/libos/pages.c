/* SPDX-License-Identifier: MIT
 * Which pages are resident: a hash table from the number of a page to its capability. It has twice
 * as many places as pages, and grows into the other of two regions. */
#include "libos.h"

enum { FEWEST_BITS = 8, MOST_BITS = 20 };

static struct page *table(uint64_t which)
{
    return (struct page *)(LIBOS_PAGES + which * LIBOS_PAGES_SIZE);
}

/* The table, and how many places it has. Free ones have number 0. */
struct page *page_table(uint64_t *places)
{
    *places = 1ul << P->page_bits;
    return table(P->page_table);
}

static inline uint64_t home(uint64_t number)
{
    return number * 0x9e3779b97f4a7c15ul >> (64 - P->page_bits);
}

/* The resident page at this address, or NULL. O(1). */
struct page *page_find(uint64_t address)
{
    const uint64_t number = address / PAGE, mask = (1ul << P->page_bits) - 1;
    struct page *pages = table(P->page_table);

    for (uint64_t i = home(number); pages[i].number; i = (i + 1) & mask)
        if (pages[i].number == number)
            return &pages[i];
    return NULL;
}

static void insert(uint64_t number, uint64_t capability)
{
    const uint64_t mask = (1ul << P->page_bits) - 1;
    struct page *pages = table(P->page_table);
    uint64_t i = home(number);

    while (pages[i].number)
        i = (i + 1) & mask;
    pages[i] = (struct page){ number, capability };
    P->pages++;
}

/* Note a page. False: there is no room for so many. O(1), at times O(pages). */
bool page_add(uint64_t address, uint64_t capability)
{
    if (P->page_bits < FEWEST_BITS)
        P->page_bits = FEWEST_BITS;
    if (P->pages >= 1ul << (P->page_bits - 1)) {
        const struct page *old = table(P->page_table);
        const uint64_t places = 1ul << P->page_bits;
        if (P->page_bits == MOST_BITS)
            return false;
        P->page_table ^= 1;
        libos_zero(table(P->page_table), 2 * places * sizeof *old);
        P->page_bits++;
        P->pages = 0;
        for (uint64_t i = 0; i < places; i++)
            if (old[i].number)
                insert(old[i].number, old[i].capability);
    }
    insert(address / PAGE, capability);
    return true;
}

/* Forget a page. Those behind it move up, so that all are still found. */
void page_forget(struct page *page)
{
    const uint64_t mask = (1ul << P->page_bits) - 1;
    struct page *pages = table(P->page_table);
    uint64_t hole = (uint64_t)(page - pages);

    for (uint64_t i = (hole + 1) & mask; pages[i].number; i = (i + 1) & mask) {
        if (((i - home(pages[i].number)) & mask) < ((i - hole) & mask))
            continue;
        pages[hole] = pages[i];
        hole = i;
    }
    pages[hole].number = 0;
    P->pages--;
}

/* Give up a page. */
void page_drop(struct page *page)
{
    own_unbind_page(PAGE_ID(page->capability));
    page_forget(page);
}

/* A new process has none: those in the table are its parent's. */
void page_forget_all(void)
{
    P->page_bits = FEWEST_BITS;
    P->pages = P->page_table = 0;
}
