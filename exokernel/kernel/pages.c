/* SPDX-License-Identifier: MIT
 * Physical pages: lists of free ones, linked through eight bytes a page outside of the pages, so
 * that memory which nobody uses is never touched, and any named page can be taken. */
#include "kernel.h"
#include "memory.h"

#define PAGE_TAKEN UINT32_MAX /* what the link of a page says that is not free */
#define PAGE_LAST (UINT32_MAX - 1)

enum { DIRTY, CLEAN, LISTS };

struct page_link {
    uint32_t next, prev;
};

/* Two lists of free pages: with unknown content, and cleared ahead of their use. */
static struct {
    struct page_link *link; /* by page number */
    uint32_t count;         /* pages that have a link */
    uint32_t head[LISTS];
    uint64_t free, usable;
    uint64_t least; /* that were free when one was given back, since it was asked */
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

/* All zero, eight bytes a step. */
static void clear(uint32_t number)
{
    void *to = direct(number * PAGE_SIZE);
    uint64_t n = PAGE_SIZE / 8;

    __asm__ volatile("rep stosq" : "+D"(to), "+c"(n) : "a"(0ul) : "memory");
}

/* Give a page back; it must have been taken. The most that are in use are in use before one is given
 * back, or at the end: it is noted here, and taking a page costs nothing for it. O(1). */
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

static uint64_t take_first(int list)
{
    const uint32_t number = pages.head[list];

    take_out(number);
    pages.free--;
    return number * PAGE_SIZE;
}

/* A free page's physical address, its content unknown, or 0. O(1). */
uint64_t page_alloc(void)
{
    if (pages.head[DIRTY] != PAGE_LAST)
        return take_first(DIRTY);
    return pages.head[CLEAN] != PAGE_LAST ? take_first(CLEAN) : 0;
}

/* The same, all zero: one that was cleared before, if there is one. O(1), or O(page). */
uint64_t page_alloc_clean(void)
{
    if (pages.head[CLEAN] != PAGE_LAST)
        return take_first(CLEAN);
    if (pages.head[DIRTY] == PAGE_LAST)
        return 0;
    clear(pages.head[DIRTY]);
    return take_first(DIRTY);
}

/* Take and clear this very page, if it is free. O(page). */
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

/* Clear up to `count` free pages ahead of their use; how many it were. O(count pages). */
uint64_t pages_scrub(uint64_t count)
{
    uint64_t done = 0;

    for (; done < count && pages.head[DIRTY] != PAGE_LAST; done++) {
        const uint32_t number = pages.head[DIRTY];
        take_out(number);
        clear(number);
        push(number, CLEAN);
    }
    return done;
}

uint64_t pages_free(void) { return pages.free; }
uint64_t pages_used(void) { return pages.usable - pages.free; }

/* The most pages in use since this was asked last. O(1). */
uint64_t pages_most_used(void)
{
    const uint64_t least = pages.least < pages.free ? pages.least : pages.free;

    pages.least = pages.free;
    return pages.usable - least;
}

/* The reserved range that `wanted` runs into, or NULL. */
static const struct range *collision(struct range wanted, const struct range *reserved, int n)
{
    for (int i = 0; i < n; i++)
        if (range_overlaps(wanted, reserved[i]))
            return &reserved[i];
    return NULL;
}

/* A place for the links in memory that the start tables reach. */
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

/* Make all RAM free but firmware's, the image, the plan and the output region. O(pages). Lowest
 * pages come out first: the real page tables are built while only those are mapped. */
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
