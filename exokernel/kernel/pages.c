/* SPDX-License-Identifier: MIT
 * Physical pages. Free pages are in lists, linked by eight bytes for each page that lie elsewhere.
 * So the kernel never touches unused memory, and can take any page out of its list. */
#include "kernel.h"
#include "memory.h"

#include <loopbound.h>

#define PAGE_TAKEN UINT32_MAX /* link of a page that is not free */
#define PAGE_LAST (UINT32_MAX - 1)

enum { DIRTY, CLEAN, LISTS };

struct page_link {
    uint32_t next, prev;
};

/* Two lists of free pages: DIRTY with unknown content, CLEAN cleared ahead of their use. */
static struct {
    struct page_link *link; /* by page number */
    uint32_t count;         /* pages that have a link */
    uint32_t head[LISTS];
    uint64_t free, usable;
    uint64_t least; /* fewest free pages since pages_most_used was called */
} pages;

/* The first page of a list has this and the list's number as its predecessor. */
#define PAGE_FIRST (UINT32_MAX - 16)

bool range_overlaps(struct range a, struct range b) { return a.start < b.end && b.start < a.end; }

static inline void push(uint32_t number, int list)
{
    const uint32_t next = pages.head[list];

    pages.link[number] = (struct page_link){ next, PAGE_FIRST + (uint32_t)list };
    if (next != PAGE_LAST)
        pages.link[next].prev = number;
    pages.head[list] = number;
}

static inline void take_out(uint32_t number)
{
    const struct page_link link = pages.link[number];

    if (link.prev >= PAGE_FIRST)
        pages.head[link.prev - PAGE_FIRST] = link.next;
    else
        pages.link[link.prev].next = link.next;
    if (link.next != PAGE_LAST)
        pages.link[link.next].prev = link.prev;
    pages.link[number].next = PAGE_TAKEN;
}

/* Clear a page, eight bytes a step. */
static void clear(uint32_t number)
{
    void *to = direct(number * PAGE_SIZE);
    uint64_t n = PAGE_SIZE / 8;

    FB_REPEAT("512");
    __asm__ volatile("rep stosq" : "+D"(to), "+c"(n) : "a"(0ul) : "memory");
}

/* Free a page, which must have been taken. Use peaks right before a page is freed or when it is
 * asked for, so `least` is noted here, and taking a page needs no bookkeeping. O(1). */
void page_free(uint64_t physical)
{
    const uint64_t number = physical / PAGE_SIZE;

    if (physical % PAGE_SIZE || number >= pages.count || pages.link[number].next != PAGE_TAKEN)
        panic(PANIC_PAGES, "freed a page that was not taken");
    push((uint32_t)number, DIRTY);
    const uint64_t free = pages.free;
    pages.least = free < pages.least ? free : pages.least;
    pages.free = free + 1;
}

/* Put a page that was taken in front of a chain, whose first page is *first; 0: none. O(1). */
void page_chain(uint64_t *first, uint64_t physical)
{
    pages.link[physical / PAGE_SIZE].prev = (uint32_t)(*first / PAGE_SIZE);
    *first = physical;
}

/* Free the first page of a chain. O(1). */
void page_free_chained(uint64_t *first)
{
    const uint64_t physical = *first;

    *first = pages.link[physical / PAGE_SIZE].prev * PAGE_SIZE;
    page_free(physical);
}

static uint64_t take_first(int list)
{
    const uint32_t number = pages.head[list];

    take_out(number);
    pages.free--;
    return number * PAGE_SIZE;
}

/* Take a page with unknown content. Its physical address, or 0 if none is free. O(1). */
uint64_t page_alloc(void)
{
    if (pages.head[DIRTY] != PAGE_LAST)
        return take_first(DIRTY);
    return pages.head[CLEAN] != PAGE_LAST ? take_first(CLEAN) : 0;
}

/* Take a page that is all zero, cleared ahead if there is one. O(1), or O(page). */
uint64_t page_alloc_clean(void)
{
    if (pages.head[CLEAN] != PAGE_LAST)
        return take_first(CLEAN);
    if (pages.head[DIRTY] == PAGE_LAST)
        return 0;
    clear(pages.head[DIRTY]);
    return take_first(DIRTY);
}

/* Take a page that is all zero, which an account promised. O(1), or O(page). */
uint64_t page_promised(void)
{
    const uint64_t page = page_alloc_clean();

    if (!page)
        panic(PANIC_PAGES, "fewer pages are free than the accounts have");
    return page;
}

/* Take and clear this page, if it is free. O(page). */
bool page_take(uint64_t physical)
{
    const uint64_t number = physical / PAGE_SIZE;

    if (physical % PAGE_SIZE || number >= pages.count || pages.link[number].next == PAGE_TAKEN)
        return false;
    take_out((uint32_t)number);
    clear((uint32_t)number);
    pages.free--;
    return true;
}

/* Clear up to `count` free pages ahead of their use. Returns how many. O(count pages). */
uint64_t pages_scrub(uint64_t count)
{
    uint64_t done = 0;

    FB_LOOP("pages", for (; done < count && pages.head[DIRTY] != PAGE_LAST; done++)) {
        const uint32_t number = pages.head[DIRTY];
        take_out(number);
        clear(number);
        push(number, CLEAN);
    }
    return done;
}

uint64_t pages_free(void) { return pages.free; }
uint64_t pages_used(void) { return pages.usable - pages.free; }

/* The most pages that were in use since the last call. O(1). */
uint64_t pages_most_used(void)
{
    const uint64_t least = pages.least < pages.free ? pages.least : pages.free;

    pages.least = pages.free;
    return pages.usable - least;
}

/* The reserved range that overlaps with `wanted`, or NULL. */
static const struct range *collision(struct range wanted, const struct range *reserved, int n)
{
    for (int i = 0; i < n; i++)
        if (range_overlaps(wanted, reserved[i]))
            return &reserved[i];
    return NULL;
}

/* Find a place for the links, in memory that the start tables map. */
static struct range place_links(const struct boot_info *boot, const struct range *reserved, int n,
                                uint64_t size)
{
    for (uint32_t i = 0; i < boot->ram_count; i++) {
        struct range r = { boot->ram[i].start, boot->ram[i].start + size };
        for (const struct range *hit; (hit = collision(r, reserved, n));)
            r = (struct range){ hit->end, hit->end + size };
        if (r.end <= boot->ram[i].end && r.end <= BOOT_MAPPED)
            return r;
    }
    panic(PANIC_MEMORY, "no room for the page links");
}

/* Make all RAM free except that of firmware, image, plan and output region. The lowest pages are
 * given out first: only those are mapped while the page tables are built. O(pages). */
void pages_init(const struct boot_info *boot, struct range output)
{
    struct range reserved[5] = {
        { 0, LOW_END },
        { (uint64_t)image_start, image_physical(image_end) },
        { boot->plan.start & -PAGE_SIZE, (boot->plan.end + PAGE_SIZE - 1) & -PAGE_SIZE },
        output,
    };
    uint64_t end = 0;

    for (uint32_t i = 0; i < boot->ram_count; i++)
        end = boot->ram[i].end > end ? boot->ram[i].end : end;
    pages.count = (uint32_t)(end / PAGE_SIZE);
    pages.head[DIRTY] = pages.head[CLEAN] = PAGE_LAST;
    reserved[4] = place_links(boot, reserved, 4,
                              (pages.count * sizeof *pages.link + PAGE_SIZE - 1) & -PAGE_SIZE);
    pages.link = direct(reserved[4].start);
    for (uint32_t i = 0; i < pages.count; i++)
        pages.link[i].next = PAGE_TAKEN;
    for (uint32_t i = boot->ram_count; i--;) {
        for (uint64_t p = boot->ram[i].end; p > boot->ram[i].start;) {
            const struct range *hit = collision((struct range){ p - PAGE_SIZE, p }, reserved, 5);
            p = hit ? hit->start : p - PAGE_SIZE;
            if (!hit)
                page_free(p);
        }
    }
    pages.usable = pages.least = pages.free;
}
